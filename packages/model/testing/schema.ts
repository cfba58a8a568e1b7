/** The part of JSON schema (draft 2020-12) that `docs/model.schema.json` uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly pattern?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const known = [
  '$schema',
  'title',
  'description',
  '$ref',
  'type',
  'const',
  'enum',
  'anyOf',
  'required',
  'properties',
  'additionalProperties',
  'propertyNames',
  'items',
  'minItems',
  'maxItems',
  'minLength',
  'minimum',
  'pattern',
  '$defs',
];

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Whether `value` is as `schema` says; throws for a keyword that it does not know. */
export function validates(schema: Schema, value: unknown, root: Schema = schema): boolean {
  const unknown = Object.keys(schema).find((key) => !known.includes(key));
  if (unknown) throw new Error(`the test's validator does not know ${unknown}`);
  const is = (part: Schema, v: unknown): boolean => validates(part, v, root);
  const types = schema.type === undefined ? undefined : [schema.type].flat();
  if (types && !types.includes(typeOf(value)) && !(types.includes('integer') && Number.isInteger(value))) return false;
  if (schema.$ref !== undefined && !is(root.$defs![schema.$ref.replace('#/$defs/', '')]!, value)) return false;
  if ('const' in schema && schema.const !== value) return false;
  if (schema.enum && !schema.enum.includes(value)) return false;
  if (schema.anyOf && !schema.anyOf.some((part) => is(part, value))) return false;
  if (typeof value === 'number') return value >= (schema.minimum ?? -Infinity);
  if (typeof value === 'string')
    return value.length >= (schema.minLength ?? 0) && new RegExp(schema.pattern ?? '').test(value);
  if (Array.isArray(value))
    return (
      value.length >= (schema.minItems ?? 0) &&
      value.length <= (schema.maxItems ?? Infinity) &&
      value.every((item) => is(schema.items ?? {}, item))
    );
  if (typeof value !== 'object' || value === null) return true;
  const { properties = {}, additionalProperties = true } = schema;
  const fits = ([key, v]: [string, unknown]): boolean => {
    if (schema.propertyNames && !is(schema.propertyNames, key)) return false;
    const own = Object.hasOwn(properties, key) ? properties[key]! : additionalProperties;
    return typeof own === 'boolean' ? own : is(own, v);
  };
  return (schema.required ?? []).every((key) => Object.hasOwn(value, key)) && Object.entries(value).every(fits);
}
