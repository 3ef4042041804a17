import type { ItemAudio } from '../../storage/context-store.ts'
import type { OpenStore } from '../store-laws/scene.ts'
import { spoiled } from './spoiled-store.ts'

/** A wrong store for each law of sounds. */
export const audioMutants: Readonly<Record<string, OpenStore>> = {
  'gives back each sound byte for byte, the newest of a part': spoiled((store) => ({
    putAudio: async (id, audio) => {
      const text = new TextDecoder().decode(audio.bytes)
      await store.putAudio(id, { ...audio, bytes: new TextEncoder().encode(text) })
    },
  })),

  'keeps its own copy of a sound': spoiled((store) => {
    const kept = new Map<string, ItemAudio>()
    return {
      putAudio: async (id, audio) => {
        kept.set(audio.itemId, audio)
        await store.putAudio(id, audio)
      },
      loadAudio: async (id, part) => kept.get(part.itemId) ?? store.loadAudio(id, part),
    }
  }),

  'lists the sounds of a conversation by item and part, without their bytes': spoiled((store) => ({
    listAudio: async (id) => (await store.listAudio(id)).toReversed(),
  })),

  'leaves revision and time of a conversation alone when it keeps a sound': spoiled((store) => ({
    putAudio: async (id, audio) => {
      await store.putAudio(id, audio)
      await store.append(id, [], (await store.load(id))?.revision ?? 0)
    },
  })),

  'refuses a sound for a conversation that is not there, and one that is none': spoiled((store) => ({
    putAudio: async (id, audio) => {
      if ((await store.load(id)) === undefined) await store.append(id, [], 0)
      await store.putAudio(id, audio)
    },
  })),

  'leaves no sound of a deleted item or conversation': spoiled((store) => {
    const kept = new Map<string, ItemAudio>()
    return {
      putAudio: async (id, audio) => {
        kept.set(audio.itemId, audio)
        await store.putAudio(id, audio)
      },
      loadAudio: async (id, part) => (await store.loadAudio(id, part)) ?? kept.get(part.itemId),
    }
  }),
}
