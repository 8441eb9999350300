import { hash } from 'node:crypto';
import { isDeeperThan, MAX_JSON_DEPTH } from '@trunkline/contracts';
import { isRecord, type JsonRecord } from '../loose-json.js';
import type { CompiledSchema, SchemaDialect } from './dialect.js';
import { References } from './references.js';
import { SchemaCompiler, SchemaTooLarge } from './schema-compiler.js';

/** Per dialect. A coding agent sends some thirty schemas with every call. */
const MOST_KEPT = 1_000;
/** Larger ones are compiled anew: a thousand of them would be hundreds of megabytes. */
const MOST_KEPT_CHARACTERS = 64 * 1024;

/** Levels of a schema within itself that are written out, where it may not refer to itself; fewer where that is too much. */
const UNROLLED = [2, 0];

const compiledOf = new WeakMap<SchemaDialect, Map<string, CompiledSchema>>();

/**
 * A JSON schema as a dialect takes it. The same schema gives the same object again: it depends on nothing else, and
 * is not to be changed. Never throws, whatever the schema is.
 * @returns null for one that grows beyond all bounds when its references are written out
 */
export function compileSchema(schema: unknown, dialect: SchemaDialect): CompiledSchema | null {
  const root = isRecord(schema) ? schema : {};
  if (isDeeperThan(root, MAX_JSON_DEPTH)) return null;
  const text = JSON.stringify(root);
  if (text.length > MOST_KEPT_CHARACTERS) return compile(root, dialect);
  let kept = compiledOf.get(dialect);
  if (!kept) compiledOf.set(dialect, (kept = new Map()));
  const key = hash('sha256', text, 'base64');
  const known = kept.get(key);
  if (known) {
    // Behind the others again: the first one is the one that was not asked for longest.
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const compiled = compile(root, dialect);
  if (compiled === null) return null;
  kept.set(key, compiled);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  return compiled;
}

function compile(root: JsonRecord, dialect: SchemaDialect): CompiledSchema | null {
  const references = new References(root);
  for (const unrolled of UNROLLED) {
    const compiler = new SchemaCompiler(dialect, references, unrolled);
    try {
      const schema = compiler.compileRoot(root);
      return { schema, lost: [...compiler.lost] };
    } catch (thrown) {
      if (!(thrown instanceof SchemaTooLarge)) throw thrown;
    }
  }
  return null;
}
