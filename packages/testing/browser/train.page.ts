import { wasm } from '@chainrule/backend-wasm';
import { trainW3, type W3Result } from '../src/gates/w3.ts';

/** The whole training of W3, reproducible, on as many threads as the URL says. */
export default async function train(): Promise<W3Result & { readonly threads: number }> {
  const backend = await wasm({
    threads: Number(new URLSearchParams(location.search).get('threads')),
    reproducible: true,
  });
  return { ...(await trainW3(backend)), threads: backend.threads };
}
