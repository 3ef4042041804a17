import { memoryStore } from '../../storage/memory-store.ts'
import type { OpenStore } from '../store-laws/scene.ts'
import { spoiled } from './spoiled-store.ts'
import { audioMutants } from './store-audio-mutants.ts'
import { erasureMutants } from './store-erasure-mutants.ts'
import { factMutants } from './store-fact-mutants.ts'
import { logMutants } from './store-log-mutants.ts'
import { retentionMutants } from './store-retention-mutants.ts'

/** A wrong store for each law of `storeLaws` and `durableStoreLaws`, by the name of the law it must break. */
export const storeMutants: Readonly<Record<string, OpenStore>> = {
  ...logMutants,
  ...erasureMutants,
  ...audioMutants,
  ...retentionMutants,
  ...factMutants,

  'has everything when it is opened again and goes on from there': async (_place, now) =>
    memoryStore({ now }),

  'keeps a deleted conversation deleted when it is opened again': spoiled((store) => {
    const hidden = new Set<string>()
    return {
      load: async (id) => (hidden.has(id) ? undefined : store.load(id)),
      delete: async (id) => {
        hidden.add(id)
        return true
      },
    }
  }),

  'has sounds, times and facts when it is opened again, and what was erased is still erased': spoiled(
    (store) => ({ setRetention: async (id) => (await store.load(id)) !== undefined }),
  ),
}
