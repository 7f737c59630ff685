import type { JobContract } from '@ge/contracts';
import type { SellerId } from '@ge/domain';
import { z } from 'zod';
import { type Market, movedSku, templateName } from '../market/market.ts';

/** What is used of a JSON Schema here. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

/**
 * Makes payloads that fit a contract, from its schema: about this seller, its template and its SKU where the contract names
 * them, and else about things that are not there. @throws Error for a contract whose payload cannot be made up
 */
export function payloadSampler(contract: JobContract, market: Pick<Market, 'spareTemplate'>) {
  const schema = z.toJSONSchema(contract.payload, { io: 'input', unrepresentable: 'any' }) as Schema;
  return (sellerId: SellerId, commandNo: number): unknown => {
    const known: Readonly<Record<string, unknown>> = {
      sellerId,
      commandNo,
      templateId: market.spareTemplate(sellerId, commandNo),
      sku: movedSku(sellerId, commandNo),
      name: templateName(0),
      destination: 'FR',
    };
    return contract.payload.parse(sample(schema, '', known, `none-${commandNo}`));
  };
}

function sample(schema: Schema, name: string, known: Readonly<Record<string, unknown>>, text: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0]!, name, known, text);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, sample(schema.properties![key]!, key, known, text)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items!, name, known, text));
    case 'integer':
    case 'number':
      return known[name] ?? schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
    case 'boolean':
      return true;
    default:
      return known[name] ?? text;
  }
}
