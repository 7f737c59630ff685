import type { MessageFormat } from './message-format.ts';

/** What an element means: nodes of the paths that are looked at; anything else has no node and is passed over. */
export interface ElementNode {
  readonly role:
    | 'path'
    | 'messageType'
    | 'purge'
    | 'message'
    | 'messageId'
    | 'operation'
    | 'body'
    | 'field'
    | 'group'
    | 'groupField';
  /** Path or name under which the text is kept. */
  readonly name: string;
  readonly children: Map<string, ElementNode>;
}

const node = (role: ElementNode['role'], name: string, children: readonly ElementNode[] = []): ElementNode => ({
  role,
  name,
  children: new Map(children.map((child) => [child.name, child])),
});

function addPath(parent: ElementNode, path: string): void {
  const steps = path.split('/');
  let at = parent;
  steps.forEach((step, i) => {
    const last = i === steps.length - 1;
    const child = at.children.get(step) ?? node(last ? 'field' : 'path', last ? path : step);
    at.children.set(step, child);
    at = child;
  });
}

/** The elements of an envelope with messages of one kind, below a node that stands for the document. */
export function elementTree(format: MessageFormat): ElementNode {
  const body = node('body', format.messageType);
  for (const path of format.fields) addPath(body, path);
  if (format.group) {
    const fields = format.group.fields.map((name) => node('groupField', name));
    body.children.set(format.group.name, node('group', format.group.name, fields));
  }
  const message = node('message', 'Message', [
    node('messageId', 'MessageID'),
    node('operation', 'OperationType'),
    body,
  ]);
  const envelope = [node('messageType', 'MessageType'), node('purge', 'PurgeAndReplace'), message];
  return node('path', '', [node('path', 'AmazonEnvelope', envelope)]);
}
