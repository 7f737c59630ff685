import { defineRefusals } from '../refusal/refusal.ts';

/** Why a feed, or one of its rows, is not taken; row problems keep these codes in the processing report. */
export const feedRefusals = defineRefusals({
  'template.name_unknown': {
    rule: 'R15',
    en: 'No shipping template is named “{name}”.',
    zh: '没有名为“{name}”的配送模板。',
    remedyEn: 'Write the name exactly as in shipping settings, including case and spaces.',
    remedyZh: '请完全按照配送设置中的名称填写，包括大小写和空格。',
  },
  'template.name_near': {
    rule: 'R15',
    en: 'No shipping template is named “{name}”. Near it: {suggestions}.',
    zh: '没有名为“{name}”的配送模板。相近的名称：{suggestions}。',
    remedyEn: 'Write one of these names exactly, including case and spaces.',
    remedyZh: '请完全按照其中一个名称填写，包括大小写和空格。',
  },
  'template.name_former': {
    rule: 'R15',
    en: '“{name}” is a former name; the template is now named “{current}”.',
    zh: '“{name}”是旧名称；该模板现名为“{current}”。',
    remedyEn: 'The row was processed. Use the present name in the next file.',
    remedyZh: '该行已处理。请在下一个文件中使用现名。',
  },
  'feed.not_cancellable': {
    rule: 'R15',
    en: 'The feed is {state}; it has ended and cannot be cancelled any more.',
    zh: '数据文件状态为 {state}；处理已结束，无法再取消。',
    remedyEn: 'Revert it, or send a file that puts right what must be changed.',
    remedyZh: '请撤销该文件的更改，或提交一个更正文件。',
  },
  'feed.wrong_state': {
    rule: 'R15',
    en: 'A feed that is {state} cannot become {next}.',
    zh: '状态为 {state} 的数据文件不能变为 {next}。',
    remedyEn: 'Read the feed again; send a new file where this one has ended.',
    remedyZh: '请重新读取该文件的状态；如已结束，请提交新的文件。',
  },
  'feed.rows_unsettled': {
    rule: 'R15',
    en: '{open} rows of the feed have no outcome yet.',
    zh: '该数据文件还有 {open} 行没有结果。',
    remedyEn: 'Settle every row before the feed is closed.',
    remedyZh: '请在结束文件之前处理完所有行。',
  },
});
