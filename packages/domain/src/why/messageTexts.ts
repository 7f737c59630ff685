import type { WhyTexts } from './whyReason.ts';

const table = <Code extends string>(texts: Readonly<Record<Code, WhyTexts>>) => texts;

/** How a message stands, and what it waits for. */
export const messageTexts = table({
  'message.ended': {
    en: 'It ended: {outcome}.',
    zh: '已结束：{outcome}。',
    nextEn: 'Nothing more happens to it.',
    nextZh: '不会再有后续处理。',
  },
  'message.ended_because': {
    en: 'It ended: {outcome}, because: {reason}',
    zh: '已结束：{outcome}，原因：{reason}',
    nextEn: 'Nothing more happens to it.',
    nextZh: '不会再有后续处理。',
  },
  'message.forgotten': {
    en: 'It ended, and how is no longer kept.',
    zh: '已结束，其记录已不再保留。',
    nextEn: 'History is kept for 14 days.',
    nextZh: '历史记录保留 14 天。',
  },
  'message.dead': {
    en: 'It was given up after {attempts} failed attempts: {reason}',
    zh: '在 {attempts} 次失败后被放弃：{reason}',
    nextEn: 'Remove the cause, then redrive it: ./ge dead --show {fingerprint}',
    nextZh: '请先消除原因，然后重新投递：./ge dead --show {fingerprint}',
  },
  'message.cancelled': {
    en: 'Operations cancelled it: {reason}',
    zh: '已被运营取消：{reason}',
    nextEn: 'A worker frees what it was about and ends it without running it.',
    nextZh: '工作进程会释放其相关对象并直接结束，不再执行。',
  },
  'message.running': {
    en: 'A worker is running it at this moment.',
    zh: '工作进程正在执行。',
    nextEn: 'It ends, or comes back, within a minute.',
    nextZh: '一分钟内结束或重新排队。',
  },
  'message.not_due': {
    en: 'It is not due yet.',
    zh: '尚未到期。',
    nextEn: 'It is sent to a worker when its time comes.',
    nextZh: '到期后会发送给工作进程。',
  },
  'message.retrying': {
    en: 'Attempt {attempts} failed: {reason}',
    zh: '第 {attempts} 次尝试失败：{reason}',
    nextEn: 'It is tried again when its pause is over.',
    nextZh: '等待间隔结束后会再次尝试。',
  },
  'message.snoozed': {
    en: 'It put itself off: {reason}',
    zh: '已自行推迟：{reason}',
    nextEn: 'It looks again when its pause is over; that costs no attempt.',
    nextZh: '等待间隔结束后会再次检查，不计入尝试次数。',
  },
  'message.queue_paused': {
    en: 'The queue {queue} is paused by {by}: {reason}',
    zh: '队列 {queue} 已被 {by} 暂停：{reason}',
    nextEn: 'Nothing of the queue is sent until: ./ge resume --queue {queue}',
    nextZh: '在执行 ./ge resume --queue {queue} 之前，该队列不会发送任何消息。',
  },
  'message.everything_paused': {
    en: 'Every queue is paused by {by}: {reason}',
    zh: '所有队列已被 {by} 暂停：{reason}',
    nextEn: 'Nothing is sent until: ./ge resume --queue all',
    nextZh: '在执行 ./ge resume --queue all 之前，不会发送任何消息。',
  },
  'message.seller_paused': {
    en: 'The seller {sellerId} is held back by {by}: {reason}',
    zh: '卖家 {sellerId} 已被 {by} 暂停：{reason}',
    nextEn: 'Nothing of the seller is sent until: ./ge resume --seller {sellerId}',
    nextZh: '在执行 ./ge resume --seller {sellerId} 之前，该卖家的消息不会发送。',
  },
  'message.seller_paused_in_queue': {
    en: 'The seller {sellerId} is held back in {queue} by {by}: {reason}',
    zh: '卖家 {sellerId} 在队列 {queue} 中已被 {by} 暂停：{reason}',
    nextEn: 'Nothing of the seller is sent there until: ./ge resume --queue {queue} --seller {sellerId}',
    nextZh: '在执行 ./ge resume --queue {queue} --seller {sellerId} 之前，不会发送。',
  },
  'message.not_relayed': {
    en: 'No relay holds the queue {queue}, so nothing is sent to its workers.',
    zh: '没有中继持有队列 {queue}，因此不会向其工作进程发送任何消息。',
    nextEn: 'Start a relay; it takes the queue within seconds.',
    nextZh: '请启动一个中继；它会在数秒内接管该队列。',
  },
  'message.behind_own': {
    en: 'The same seller has {count} messages before it in {queue}.',
    zh: '同一卖家在 {queue} 中有 {count} 条消息排在其前。',
    nextEn: 'Sellers take turns; each of their messages waits for the ones before it to be sent.',
    nextZh: '卖家轮流处理；每条消息等待其前面的消息发送。',
  },
  'message.in_turn': {
    en: 'It is the next of its seller: on its way to a worker of {queue}, or waiting for a free place beside other sellers.',
    zh: '它是该卖家的下一条消息：正在发往 {queue} 的工作进程，或等待空位。',
    nextEn: 'If that lasts, the service of the queue does not keep up or is not there: ./ge status',
    nextZh: '如果长时间如此，说明该队列的服务处理不过来或未运行：./ge status',
  },
  'message.suspect': {
    en: 'A process died {crashes} times while it ran it alone.',
    zh: '单独执行它时，进程已崩溃 {crashes} 次。',
    nextEn: 'It runs alone, with nothing beside it; after three crashes it is dead.',
    nextZh: '它会单独执行；崩溃三次后即被放弃。',
  },
});
