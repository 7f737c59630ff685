// What a page needs to write text safely, without the SMTP client behind it.
export { formatCount, formatMoment } from './mail/moment.ts';
export { visibleText } from './markup/visibleText.ts';
export { refusalReference } from './refusalReference.ts';
