export { linkedServices, type StartedFrom } from './linked-services.ts';
