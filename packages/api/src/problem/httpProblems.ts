/** Texts of one code that belongs to the interface itself and to no rule of the programme. */
export interface HttpProblem {
  readonly status: number;
  readonly en: string;
  readonly zh: string;
  readonly remedyEn: string;
  readonly remedyZh: string;
}

const table = <Code extends string>(problems: Readonly<Record<Code, HttpProblem>>) => problems;

/** Every code of the interface, with its status. Refusals of the programme's rules answer 422 with their own code. */
export const httpProblems = table({
  'http.validation': {
    status: 400,
    en: 'The request does not fit its schema.',
    zh: '请求与其格式定义不符。',
    remedyEn: 'Correct the named fields; /openapi.json has the schema.',
    remedyZh: '请更正所列字段；格式定义见 /openapi.json。',
  },
  'http.malformed_json': {
    status: 400,
    en: 'The body is not JSON, is nested too deeply, or holds characters that cannot be kept.',
    zh: '请求内容不是 JSON、嵌套过深，或包含无法保存的字符。',
    remedyEn: 'Send one JSON value in UTF-8, without NUL and halves of surrogate pairs.',
    remedyZh: '请以 UTF-8 发送一个 JSON 值，且不含 NUL 或不成对的代理项。',
  },
  'http.unauthorized': {
    status: 401,
    en: 'No valid API key was sent.',
    zh: '未提供有效的 API 密钥。',
    remedyEn: 'Send a key that is not revoked: Authorization: Bearer <key>.',
    remedyZh: '请发送未被撤销的密钥：Authorization: Bearer <key>。',
  },
  'http.signature_invalid': {
    status: 401,
    en: 'The signature is missing, is of no key in force here, does not fit the body, or is not of these minutes.',
    zh: '签名缺失、所用密钥未启用、与内容不符，或签名时间不在有效范围内。',
    remedyEn: 'Sign the very bytes that are sent with a key agreed with this carrier, and keep the clock right.',
    remedyZh: '请使用与该承运商约定的密钥对实际发送的字节签名，并校准时钟。',
  },
  'http.forbidden': {
    status: 403,
    en: 'This API key may not make this call.',
    zh: '该 API 密钥无权进行此调用。',
    remedyEn: 'Use a key of a scope that the call allows.',
    remedyZh: '请使用具有相应权限的密钥。',
  },
  'http.not_found': {
    status: 404,
    en: 'There is no such thing, or this key may not see it.',
    zh: '对象不存在，或该密钥无权查看。',
    remedyEn: 'Check the path and the ids in it.',
    remedyZh: '请检查路径及其中的 ID。',
  },
  'http.method_not_allowed': {
    status: 405,
    en: 'The path exists, but not with this method.',
    zh: '该路径存在，但不支持此方法。',
    remedyEn: 'Use one of the methods in the Allow header.',
    remedyZh: '请使用 Allow 响应头中列出的方法。',
  },
  'http.conflict': {
    status: 409,
    en: 'Somebody else has just changed the same thing.',
    zh: '同一对象刚被其他操作更改。',
    remedyEn: 'Look at it as it is now and send the request again.',
    remedyZh: '请查看当前状态后重新发送请求。',
  },
  'http.too_large': {
    status: 413,
    en: 'The body is larger than this call takes.',
    zh: '请求内容超过此调用的大小限制。',
    remedyEn: 'Send less at once.',
    remedyZh: '请减少单次发送的内容。',
  },
  'http.unsupported_media_type': {
    status: 415,
    en: 'The body is of a media type or encoding that this call does not take.',
    zh: '此调用不接受该媒体类型或编码。',
    remedyEn: 'Send it with the Content-Type that the call names; only files may be compressed, with gzip.',
    remedyZh: '请以调用要求的 Content-Type 发送；仅文件可以压缩，且只支持 gzip。',
  },
  'http.malformed_gzip': {
    status: 400,
    en: 'The file was said to be gzipped, but it is not, or it was cut off.',
    zh: '文件声明为 gzip 压缩，但内容并非如此或不完整。',
    remedyEn: 'Compress the whole file with gzip, or send it as it is without Content-Encoding.',
    remedyZh: '请用 gzip 压缩完整的文件，或去掉 Content-Encoding 直接发送。',
  },
  'http.idempotency_conflict': {
    status: 422,
    en: 'This Idempotency-Key was used for another request.',
    zh: '该 Idempotency-Key 已用于其他请求。',
    remedyEn: 'Use a new key for a new request; repeat an old one unchanged.',
    remedyZh: '新请求请使用新的键；重发旧请求时内容须保持不变。',
  },
  'http.rate_limited': {
    status: 429,
    en: 'Too many calls, bytes or open event streams for this API key or address.',
    zh: '该 API 密钥或地址的调用次数、字节数或已打开的事件流过多。',
    remedyEn: 'Wait the seconds in Retry-After, then go on more slowly; RateLimit-Policy says how much is allowed.',
    remedyZh: '请等待 Retry-After 所示秒数后放慢速度继续；RateLimit-Policy 给出允许的数量。',
  },
  'http.overloaded': {
    status: 503,
    en: 'So much is waiting already that nothing new of this kind is accepted. Nothing was changed, and what was accepted is carried out.',
    zh: '待处理的任务过多，暂不接受此类新任务。未作任何更改，已接受的任务会继续执行。',
    remedyEn: 'Send the same request again after the seconds in Retry-After.',
    remedyZh: '请在 Retry-After 所示秒数之后重新发送同一请求。',
  },
  'http.internal': {
    status: 500,
    en: 'Something went wrong on our side. Nothing was changed.',
    zh: '服务出现错误，未作任何更改。',
    remedyEn: 'Try again; if it stays so, name the instance to support.',
    remedyZh: '请重试；如仍然失败，请将 instance 告知支持人员。',
  },
  'http.unavailable': {
    status: 503,
    en: 'The service cannot take the request at the moment. Nothing was changed.',
    zh: '服务暂时无法处理该请求，未作任何更改。',
    remedyEn: 'Send the same request again after the seconds in Retry-After.',
    remedyZh: '请在 Retry-After 所示秒数之后重新发送同一请求。',
  },
});

export type HttpProblemCode = keyof typeof httpProblems;
