import { expect } from 'vitest'
import type { ItemAudio } from '../../storage/context-store.ts'
import { expectError, law, said, type StoreLaw } from './scene.ts'

/** Of the sound of items. */
export const audioLaws: readonly StoreLaw[] = [
  law('gives back each sound byte for byte, the newest of a part', async (store) => {
    await store.append('conv', [], 0)
    const sounds = [sound('a', 0), sound('a', 1), sound('b', 0, new Uint8Array())]
    for (const audio of [sound('a', 0, new Uint8Array([9])), ...sounds]) await store.putAudio('conv', audio)
    for (const audio of sounds) expect(await store.loadAudio('conv', audio)).toEqual(audio)
    expect(await store.loadAudio('conv', { itemId: 'b', contentIndex: 1 })).toBeUndefined()
    expect(await store.loadAudio('other', sound('a', 0))).toBeUndefined()
  }),

  law('keeps its own copy of a sound', async (store) => {
    await store.append('conv', [], 0)
    const audio = sound('a', 0)
    const put = store.putAudio('conv', audio)
    audio.bytes.fill(0)
    await put
    const given = await store.loadAudio('conv', audio)
    expect(given).toEqual(sound('a', 0))
    given?.bytes.fill(0)
    expect(await store.loadAudio('conv', audio)).toEqual(sound('a', 0))
  }),

  law('lists the sounds of a conversation by item and part, without their bytes', async (store) => {
    await store.append('conv', [], 0)
    await store.append('other', [], 0)
    for (const audio of [sound('b', 0), sound('a', 1), sound('a', 0)]) await store.putAudio('conv', audio)
    const note = { mediaType: 'audio/wav', durationMs: 12.5, byteLength: 256 }
    expect(await store.listAudio('conv')).toEqual([
      { itemId: 'a', contentIndex: 0, ...note },
      { itemId: 'a', contentIndex: 1, ...note },
      { itemId: 'b', contentIndex: 0, ...note },
    ])
    expect(await store.listAudio('other')).toEqual([])
    expect(await store.listAudio('unknown')).toEqual([])
  }),

  law('leaves revision and time of a conversation alone when it keeps a sound', async (store, clock) => {
    await store.append('conv', [said('a', 'x')], 0)
    const before = await store.load('conv')
    clock.time = 2000
    await store.putAudio('conv', sound('a', 0))
    expect(await store.load('conv')).toEqual(before)
  }),

  law('refuses a sound for a conversation that is not there, and one that is none', async (store) => {
    await expectError(store.putAudio('conv', sound('a', 0)), 'not_found')
    await store.append('conv', [], 0)
    for (const wrong of [
      { itemId: '' },
      { contentIndex: -1 },
      { contentIndex: 0.5 },
      { mediaType: 'a\0' },
      { durationMs: Number.NaN },
    ]) {
      await expectError(store.putAudio('conv', { ...sound('a', 0), ...wrong }), 'invalid_value')
    }
    expect(await store.listAudio('conv')).toEqual([])
  }),

  law('leaves no sound of a deleted item or conversation', async (store) => {
    await store.append('conv', [said('a', 'x'), said('b', 'y')], 0)
    for (const audio of [sound('a', 0), sound('a', 1), sound('b', 0)]) await store.putAudio('conv', audio)
    await store.append('conv', [{ type: 'deleted', itemId: 'a' }], 2)
    expect(await store.loadAudio('conv', sound('a', 0))).toBeUndefined()
    expect(await store.listAudio('conv')).toMatchObject([{ itemId: 'b' }])
    await store.delete('conv')
    await store.append('conv', [], 0)
    expect(await store.listAudio('conv')).toEqual([])
    expect(await store.loadAudio('conv', sound('b', 0))).toBeUndefined()
  }),
]

/** A sound of every byte there is, or of others. */
export function sound(
  itemId: string,
  contentIndex: number,
  bytes: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte),
): ItemAudio {
  return { itemId, contentIndex, mediaType: 'audio/wav', durationMs: 12.5, bytes }
}
