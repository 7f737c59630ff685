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
  'feed.no_dry_run': {
    rule: 'R15',
    en: 'A file that confirms shipments cannot be tried out: what a row confirms depends on the rows before it.',
    zh: '发货确认文件无法试运行：每一行的结果取决于之前各行。',
    remedyEn: 'Submit it; rows that are refused change nothing.',
    remedyZh: '请直接提交；被拒绝的行不会产生任何更改。',
  },
  'feed.not_revertible': {
    rule: 'R15',
    en: 'The feed ({type}, {state}) cannot be reverted.',
    zh: '数据文件（{type}，{state}）无法撤销。',
    remedyEn:
      'Only feeds that place SKUs, that have ended, and that were no dry runs can be; cancel one that is under way.',
    remedyZh: '只有已结束且非试运行的 SKU 分配文件才能撤销；进行中的文件请先取消。',
  },
  'feed.nothing_to_revert': {
    rule: 'R15',
    en: 'The feed changed nothing that could be taken back.',
    zh: '该数据文件没有可撤销的更改。',
    remedyEn: 'Nothing has to be done.',
    remedyZh: '无需任何操作。',
  },
  'feed.changed_since': {
    rule: 'R15',
    en: 'The SKU was changed again after the feed that is taken back; it stays as it is.',
    zh: '该 SKU 在被撤销的文件之后又有更改，保持现状。',
    remedyEn: 'Assign its template by hand where the former one is still wanted.',
    remedyZh: '如仍需恢复原模板，请手动分配。',
  },
  'feed.offer_deleted': {
    rule: 'R15',
    en: 'The row took the offer off sale, which cannot be taken back.',
    zh: '该行已将商品下架，无法撤销。',
    remedyEn: 'List the offer again.',
    remedyZh: '请重新上架该商品。',
  },
  'feed.former_template_gone': {
    rule: 'R15',
    en: 'The template that the SKU had before is gone; it stays where it is.',
    zh: '该 SKU 之前的模板已不存在，保持现状。',
    remedyEn: 'Assign another template where the present one is not wanted.',
    remedyZh: '如不需要当前模板，请分配其他模板。',
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
