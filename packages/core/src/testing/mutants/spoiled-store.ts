import { RealtimeError } from '../../errors.ts'
import type { ContextStore } from '../../storage/context-store.ts'
import { memoryStore } from '../../storage/memory-store.ts'
import type { OpenStore } from '../store-laws/scene.ts'

/** A right store for mutants to spoil: it lives in memory, and what is opened again at a place is what was there. */
function keptStores(): OpenStore {
  const kept = new Map<string, ContextStore>()
  return async (place, now) => {
    const inner = kept.get(place) ?? memoryStore({ now })
    kept.set(place, inner)
    let closed = false
    const whenOpen = async <Result>(call: () => Promise<Result>): Promise<Result> => {
      if (closed) throw new RealtimeError('store_unavailable', 'closed')
      return call()
    }
    return {
      append: (...request) => whenOpen(() => inner.append(...request)),
      load: (id) => whenOpen(() => inner.load(id)),
      list: (options) => whenOpen(() => inner.list(options)),
      delete: (id) => whenOpen(() => inner.delete(id)),
      putAudio: (...request) => whenOpen(() => inner.putAudio(...request)),
      loadAudio: (...request) => whenOpen(() => inner.loadAudio(...request)),
      listAudio: (id) => whenOpen(() => inner.listAudio(id)),
      setRetention: (...request) => whenOpen(() => inner.setRetention(...request)),
      purge: (limit) => whenOpen(() => inner.purge(limit)),
      facts: {
        list: (person) => whenOpen(() => inner.facts.list(person)),
        put: (...request) => whenOpen(() => inner.facts.put(...request)),
        people: (options) => whenOpen(() => inner.facts.people(options)),
        delete: (...request) => whenOpen(() => inner.facts.delete(...request)),
        deleteAll: (person) => whenOpen(() => inner.facts.deleteAll(person)),
      },
      async [Symbol.asyncDispose]() {
        closed = true
      },
    }
  }
}

/** Each opening of a right store, with some methods spoiled. */
export function spoiled(spoil: (store: ContextStore, now: () => number) => Partial<ContextStore>): OpenStore {
  const open = keptStores()
  return async (place, now) => {
    const store = await open(place, now)
    return { ...store, ...spoil(store, now) }
  }
}
