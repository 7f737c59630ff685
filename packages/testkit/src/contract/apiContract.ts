import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Described {
  readonly 'x-codes'?: readonly string[];
  readonly 'x-reasons'?: readonly string[];
  readonly content?: Readonly<Record<string, object>>;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Described>>;
}

export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly 'x-problems-elsewhere': readonly string[];
}

/** What came back, as the document sees it. */
export interface SeenAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly mediaType: string | null;
  /** Only read for JSON. */
  readonly json: () => Promise<unknown>;
}

/** One answer that occurred; `-` where the call is none of the document. */
export type Occurred = readonly [route: string, status: number, code: string | null];

/** Thrown for an answer that the served document does not promise. */
class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

const problemMediaType = 'application/problem+json';

/** Judges answers by an OpenAPI document: path, status, media type, schema, and every code of a refusal. */
export class ApiContract {
  readonly #document: OpenApiDocument;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #templates: readonly { readonly path: string; readonly pattern: RegExp }[];

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, 'api');
    const placeholders = (path: string) => path.split('{').length;
    this.#templates = Object.keys(document.paths)
      .sort((a, b) => placeholders(a) - placeholders(b))
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`) }));
  }

  /** What occurred, for the record. Throws ContractBroken. */
  async judge(answer: SeenAnswer): Promise<readonly Occurred[]> {
    const { method, status } = answer;
    const path = this.#templates.find(({ pattern }) => pattern.test(answer.path))?.path;
    const operation = path === undefined ? undefined : this.#document.paths[path]?.[method.toLowerCase()];
    if (path === undefined || !operation) return this.#judgeElsewhere(answer);
    const own = Object.hasOwn(operation.responses, String(status));
    const place = own ? String(status) : 'default';
    const described = operation.responses[place];
    const at = `${operation.operationId} answered ${status}`;
    if (!described || (!own && status < 400)) throw new ContractBroken(`${at}, which is not documented`);
    if (!described.content) {
      if (answer.mediaType !== null) throw new ContractBroken(`${at} with a body`);
      return [[operation.operationId, status, null]];
    }
    const { mediaType } = answer;
    if (mediaType === null || !Object.hasOwn(described.content, mediaType)) {
      throw new ContractBroken(`${at} as ${mediaType}`);
    }
    if (mediaType !== problemMediaType && mediaType !== 'application/json')
      return [[operation.operationId, status, null]];
    const pointer = `/paths/${escaped(path)}/${method.toLowerCase()}/responses/${place}/content/${escaped(mediaType)}/schema`;
    const body = await this.#validated(at, pointer, answer);
    if (mediaType !== problemMediaType) return [[operation.operationId, status, null]];
    return codesOf(body).map((code) => {
      const codes = [described, operation.responses.default].flatMap((place) => [
        ...(place?.['x-codes'] ?? []),
        ...(place?.['x-reasons'] ?? []),
      ]);
      if (!codes.includes(code)) throw new ContractBroken(`${at} ${code}, which is not documented`);
      return [operation.operationId, status, code] as const;
    });
  }

  async #judgeElsewhere(answer: SeenAnswer): Promise<readonly Occurred[]> {
    const at = `${answer.method} ${answer.path} answered ${answer.status}`;
    if (answer.mediaType !== problemMediaType) throw new ContractBroken(`${at} as ${answer.mediaType}`);
    const body = await this.#validated(at, '/components/schemas/Problem', answer);
    return codesOf(body).map((code) => {
      const known = [...this.#document['x-problems-elsewhere'], 'http.internal', 'http.unavailable'];
      if (!known.includes(code)) throw new ContractBroken(`${at} ${code}, which is not documented`);
      return ['-', answer.status, code] as const;
    });
  }

  async #validated(at: string, pointer: string, { json }: SeenAnswer): Promise<unknown> {
    const body = await json();
    let validate = this.#validators.get(pointer);
    if (!validate) {
      validate = this.#ajv.compile({ $ref: `api#${pointer}` });
      this.#validators.set(pointer, validate);
    }
    if (!validate(body)) throw new ContractBroken(`${at}: ${this.#ajv.errorsText(validate.errors, { dataVar: '' })}`);
    return body;
  }
}

/** A key as a part of a JSON pointer in a URI's fragment. */
const escaped = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));

/** The codes of a problem: its own, and of a rule's refusal each single reason's. */
function codesOf(body: unknown): readonly string[] {
  const { code, errors } = body as { code: string; errors: readonly { code: string }[] };
  const reasons = errors.map((error) => error.code).filter((reason) => !reason.startsWith('schema.'));
  return [...new Set([code, ...reasons])];
}
