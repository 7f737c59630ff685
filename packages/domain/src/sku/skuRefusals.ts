import { defineRefusals } from '../refusal/refusal.ts';

/** Why a SKU is not moved, or is not exportable where it stands. */
export const skuRefusals = defineRefusals({
  'edit.limit_exceeded': {
    rule: 'R14',
    en: '{count} changes were sent at once; at most {limit} are allowed.',
    zh: '一次提交了 {count} 项更改；最多允许 {limit} 项。',
    remedyEn: 'Send at most {limit} items, counted before duplicates are removed, or upload a feed.',
    remedyZh: '请最多提交 {limit} 项（去重前计算），或上传数据文件（feed）。',
  },
  'edit.empty': {
    rule: 'R14',
    en: 'No change was sent.',
    zh: '没有提交任何更改。',
    remedyEn: 'Send at least one item.',
    remedyZh: '请至少提交一项。',
  },
  'sku.unknown': {
    rule: 'R14',
    en: 'The seller has no SKU “{sku}”.',
    zh: '该卖家没有 SKU“{sku}”。',
    remedyEn: 'Check the spelling, or list the product first.',
    remedyZh: '请检查拼写，或先发布该商品。',
  },
  'sku.template_unknown': {
    rule: 'R14',
    en: 'The seller has no shipping template {templateId}.',
    zh: '该卖家没有配送模板 {templateId}。',
    remedyEn: 'Use the id or the exact name of one of the seller’s templates.',
    remedyZh: '请使用该卖家某个模板的编号或准确名称。',
  },
  'removal.target_exports': {
    rule: 'R16',
    en: 'The template “{name}” has Global Express ({geState}); moving SKUs there does not take them out of export.',
    zh: '模板“{name}”带有全球快递（{geState}）；将 SKU 移到该模板不会使其退出出口。',
    remedyEn: 'Name a template without Global Express, or make a domestic-only copy: {call}.',
    remedyZh: '请指定没有全球快递的模板，或创建仅限国内的副本：{call}。',
  },
  'removal.needs_target': {
    rule: 'R16',
    en: 'No target template is named, and the default template “{name}” has Global Express ({geState}).',
    zh: '未指定目标模板，而默认模板“{name}”带有全球快递（{geState}）。',
    remedyEn: 'One call makes a domestic-only copy to move the SKUs to: {call}.',
    remedyZh: '可通过一次调用创建仅限国内的副本作为目标：{call}。',
  },
  'removal.no_default': {
    rule: 'R16',
    en: 'No target template is named, and the seller has no default template.',
    zh: '未指定目标模板，而该卖家没有默认模板。',
    remedyEn: 'Name a template without Global Express.',
    remedyZh: '请指定一个没有全球快递的模板。',
  },
  'sku.without_template': {
    rule: 'R16',
    en: 'No template is named, and the seller has no default template.',
    zh: '未指定模板，而该卖家没有默认模板。',
    remedyEn: 'Name the template the SKU begins with, or make one the default.',
    remedyZh: '请指定 SKU 的初始模板，或先设置一个默认模板。',
  },
  'sku.template_without_ge': {
    rule: 'R4',
    en: 'The template “{name}” is not GE-enabled ({geState}).',
    zh: '模板“{name}”未启用全球快递（{geState}）。',
    remedyEn: 'Enable Global Express in the template, or assign the SKU to a GE-enabled one.',
    remedyZh: '请在该模板中启用全球快递，或将 SKU 分配到已启用的模板。',
  },
  'sku.left_export': {
    rule: 'R16',
    en: 'The SKU is no longer sold abroad: the template “{name}” is not GE-enabled ({geState}).',
    zh: '该 SKU 不再销往境外：模板“{name}”未启用全球快递（{geState}）。',
    remedyEn: 'Nothing to do if that is what you want; otherwise assign it to a GE-enabled template.',
    remedyZh: '如符合您的意愿，则无需处理；否则请将其分配到已启用的模板。',
  },
  'sku.not_eligible': {
    rule: 'R5',
    en: 'The product may not be exported ({verdict}, rule {screeningRule}).',
    zh: '该商品不可出口（{verdict}，规则 {screeningRule}）。',
    remedyEn: 'Look up the rule in the screening report; correct the product data where it is wrong.',
    remedyZh: '请在筛查报告中查看该规则；如商品数据有误，请更正。',
  },
});
