import type { AssignmentRow } from '../plan/assignmentRows.ts';
import type { FeedPlan } from '../plan/feeds.ts';
import { productFeedTemplates } from '../plan/templates.ts';
import type { Random } from '../random.ts';

const nearNames: readonly string[] = [
  '满$35 包邮',
  'Two-Day and More',
  'two-day & more',
  'Bücher <Media Rates>',
  '默认运费模版',
];
const unknownNames: readonly string[] = ['Palmtree Island Hub', '南极科考站补给专线运费', 'Old EU template (2016)'];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function nameOf(row: AssignmentRow, { seller }: FeedPlan, random: Random): string | null {
  if (row.kind === 'former_name') return productFeedTemplates.formerName;
  if (row.kind === 'template_unknown') return random.pick(unknownNames);
  if (row.kind === 'template_near') return random.pick(nearNames);
  return row.target === -1 ? null : seller.templates[row.target]!.name;
}

/** The element in one of the places and writings that senders use. */
function descriptionData(title: string, name: string | null, twice: boolean, random: Random): string {
  const titleElement = `<Title>${escaped(title)}</Title>`;
  if (name === null) return `<DescriptionData>${titleElement}<Brand>Example</Brand></DescriptionData>`;
  const text = !/[<&]/.test(name) || random.chance(0.5) ? escaped(name) : `<![CDATA[${name}]]>`;
  const group = `<MerchantShippingGroupName>${random.chance(0.1) ? `\n        ${text}\n      ` : text}</MerchantShippingGroupName>`;
  const groups = twice ? group + group : group;
  const inside = random.pick([
    `${titleElement}<Brand>Example</Brand><RecommendedBrowseNode>1055398</RecommendedBrowseNode>${groups}`,
    `${groups}${titleElement}<Brand>Example</Brand>`,
    `${titleElement}${groups}<BulletPoint>Ready to ship</BulletPoint><!-- moved by the sync -->`,
  ]);
  return `<DescriptionData>${inside}</DescriptionData>`;
}

function skuElement(row: AssignmentRow, { seller }: FeedPlan, random: Random): string {
  if (row.kind === 'sku_empty') return random.chance(0.5) ? '<SKU></SKU>' : '';
  if (row.kind === 'sku.unknown') return `<SKU>NEVER-LISTED-${random.int(1000, 9999)}</SKU>`;
  if (row.kind === 'sku_too_long') return `<SKU>${'很长的商品编码'.repeat(2)}-${random.int(1000, 9999)}</SKU>`;
  return `<SKU>${escaped(seller.skus[row.sku]!.code)}</SKU>`;
}

function operationOf({ kind }: AssignmentRow, random: Random): string {
  if (kind === 'delete_offer') return '<OperationType>Delete</OperationType>';
  if (kind === 'operation_unknown') return '<OperationType>Upsert</OperationType>';
  return random.pick([
    '<OperationType>Update</OperationType>',
    '<OperationType>PartialUpdate</OperationType>',
    '<OperationType>PartialUpdate</OperationType>',
    '',
  ]);
}

/** One message. Elements stand in any order; only what is named is read. */
function message(row: AssignmentRow, id: number, plan: FeedPlan, random: Random): string {
  const messageId = `<MessageID>${row.kind === 'message_id_bad' ? random.pick(['0', 'A-17', '']) : id}</MessageID>`;
  const operation = operationOf(row, random);
  if (row.kind === 'no_product') return `  <Message>${messageId}${operation}</Message>\n`;
  const title = row.sku === -1 ? 'Discontinued' : plan.seller.skus[row.sku]!.goods.title;
  const sku = skuElement(row, plan, random);
  const description = descriptionData(title, nameOf(row, plan, random), row.kind === 'template_twice', random);
  const condition = random.chance(0.3) ? '<Condition><ConditionType>New</ConditionType></Condition>' : '';
  const body = random.chance(0.15) ? `${description}${sku}` : `${sku}${condition}${description}`;
  const product = `<Product>${body}</Product>`;
  const inside = random.chance(0.1) ? `${product}${messageId}${operation}` : `${messageId}${operation}${product}`;
  return `  <Message>${inside}</Message>\n`;
}

/** The feed in pieces; `onRow` hears of every message with its record number. */
export function* productFeedText(
  plan: FeedPlan,
  random: Random,
  onRow: (row: AssignmentRow, recordNo: number) => void,
): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<AmazonEnvelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="amzn-envelope.xsd">\n';
  yield `  <Header><DocumentVersion>1.01</DocumentVersion><MerchantIdentifier>${plan.seller.id}</MerchantIdentifier></Header>\n`;
  yield '  <MessageType>Product</MessageType>\n  <PurgeAndReplace>false</PurgeAndReplace>\n';
  let recordNo = 0;
  for (const row of plan.rows) {
    recordNo += 1;
    onRow(row, recordNo);
    yield message(row, recordNo, plan, random);
  }
  yield '</AmazonEnvelope>\n';
}
