import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLibopusDecoder, createLibopusEncoder } from '../opus/libopus.ts'
import { concatFloat32, randomlyCut, snrDb, voice } from '../testing/index.ts'
import { decodeOggOpus, type OggOpusSound } from './ogg-opus-sound.ts'
import { createOggOpusReader, type OggOpusEvent } from './ogg-opus-reader.ts'
import { createOggOpusWriter } from './ogg-opus-writer.ts'
import { encodePage, parsePage } from './ogg-page.ts'

const sampleRate = 24_000
const seconds = 5.25
const sound = voice({ seed: 7, sampleRate, length: sampleRate * seconds })

/** The part of a browser that decodes whole files. */
type BrowserContext = new (
  channels: number,
  length: number,
  sampleRate: number,
) => {
  decodeAudioData(
    file: ArrayBuffer,
  ): Promise<{ readonly length: number; getChannelData(channel: number): Float32Array }>
}

interface FileOptions {
  readonly serial?: number
  readonly comments?: readonly string[]
}

async function fileOf({ serial = 1, comments = [] }: FileOptions = {}): Promise<Uint8Array> {
  using encoder = await createLibopusEncoder({ bitrate: 64_000 })
  const writer = createOggOpusWriter({
    preSkip: encoder.lookaheadSamples * 2,
    inputSampleRate: sampleRate,
    comments,
    serial,
  })
  const parts = [writer.header]
  const padded = concatFloat32([sound, new Float32Array(encoder.frameSamples * 2)])
  for (let at = 0; at + encoder.frameSamples <= padded.length; at += encoder.frameSamples) {
    parts.push(writer.write(encoder.encode(padded.subarray(at, at + encoder.frameSamples))))
  }
  parts.push(writer.end(sound.length * 2))
  return joined(parts)
}

const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

function pagesOf(file: Uint8Array): Uint8Array[] {
  const pages: Uint8Array[] = []
  for (let at = 0; at < file.length;) {
    const found = parsePage(file.subarray(at))
    if (typeof found !== 'object') throw new Error(`no page at ${at}`)
    pages.push(file.subarray(at, at + found.length))
    at += found.length
  }
  return pages
}

function eventsOf(file: Uint8Array): readonly OggOpusEvent[] {
  const reader = createOggOpusReader()
  return [...reader.process(file), ...reader.flush()]
}

const decoded = (file: Uint8Array): Promise<readonly OggOpusSound[]> =>
  decodeOggOpus(file, { createDecoder: createLibopusDecoder, sampleRate })

describe('Ogg Opus', () => {
  it('gives back the sound, as long as it was and where it was', async () => {
    const [only, ...others] = await decoded(await fileOf())
    expect(others).toEqual([])
    expect(only?.samples.length).toBe(sound.length)
    expect(snrDb(sound, only?.samples ?? [])).toBeGreaterThan(8)
    expect(only?.head).toMatchObject({ channels: 1, inputSampleRate: sampleRate, gainDb: 0 })
  })

  it.runIf('OfflineAudioContext' in globalThis)('is what the browser itself decodes', async () => {
    const { OfflineAudioContext: Context } = globalThis as unknown as { OfflineAudioContext: BrowserContext }
    const file = await fileOf()
    const context = new Context(1, 1, sampleRate * 2)
    const heard = await context.decodeAudioData(Uint8Array.from(file).buffer)
    const [ours] = await decodeOggOpus(file, { createDecoder: createLibopusDecoder })
    expect(heard.length).toBe(sound.length * 2)
    expect(snrDb(heard.getChannelData(0), ours?.samples ?? [])).toBeGreaterThan(60)
  })

  it('keeps comments in every script, however many', async () => {
    const comments = ['TITLE=Grüße, 世界 🎙', 'EMPTY=', `LONG=${'x'.repeat(140_000)}`]
    const [begin] = eventsOf(await fileOf({ comments }))
    expect(begin).toMatchObject({ type: 'begin', tags: { comments } })
  })

  it('is the same however the bytes are cut', async () => {
    const file = await fileOf()
    const whole = eventsOf(file)
    for (let seed = 0; seed < 5; seed++) {
      const reader = createOggOpusReader()
      const events = randomlyCut(file, seed).flatMap((piece) => reader.process(piece))
      expect([...events, ...reader.flush()]).toEqual(whole)
    }
  })

  it('has a page a second, and no sound before it is needed', async () => {
    const pages = pagesOf(await fileOf())
    expect(pages.length).toBe(2 + Math.ceil(seconds))
  })

  it('says how much a lost page held, and conceals it', async () => {
    const pages = pagesOf(await fileOf())
    const file = joined(pages.filter((_, i) => i !== 3))
    expect(eventsOf(file).filter(({ type }) => type === 'lost')).toEqual([
      { type: 'lost', samples48k: 48_000 },
    ])
    const [only] = await decoded(file)
    expect(only?.samples.length).toBe(sound.length)
    const third = [sampleRate * 2.1, sampleRate * 5] as const
    expect(snrDb(sound.subarray(...third), only?.samples.subarray(...third) ?? [])).toBeGreaterThan(7)
  })

  it('knows that the first sound is lost', async () => {
    const pages = pagesOf(await fileOf())
    const events = eventsOf(joined(pages.filter((_, i) => i !== 2)))
    expect(events[1]).toEqual({ type: 'lost', samples48k: 48_000 })
    expect(events.at(-1)).toEqual({ type: 'end', samples48k: sound.length * 2 })
  })

  it('begins where a recording of something live begins', async () => {
    const pages = pagesOf(await fileOf())
    const live = [...pages.slice(0, 2), ...pages.slice(3).map((page, i) => renumbered(page, i + 2))]
    const events = eventsOf(joined(live))
    expect(events.some(({ type }) => type === 'lost')).toBe(false)
    expect(events.at(-1)).toEqual({ type: 'end', samples48k: sound.length * 2 - 48_000 })
  })

  it('passes over a damaged page', async () => {
    const file = await fileOf()
    const pages = pagesOf(file)
    const at = pages.slice(0, 4).reduce((sum, { length }) => sum + length, 0)
    const damaged = file.slice()
    damaged[at + 500] = (damaged[at + 500] ?? 0) ^ 1
    expect(eventsOf(damaged).filter(({ type }) => type === 'lost')).toHaveLength(1)
    const [only] = await decoded(damaged)
    expect(only?.samples.length).toBe(sound.length)
  })

  it('ends with what it has when it is cut', async () => {
    const file = await fileOf()
    const events = eventsOf(file.subarray(0, file.length * 0.5))
    expect(events.at(-1)?.type).toBe('end')
    expect(events.filter(({ type }) => type === 'packet').length).toBeGreaterThan(90)
  })

  it('reads one stream after the other, with or without the end of the first', async () => {
    const first = await fileOf({ serial: 1 })
    const second = await fileOf({ serial: 2 })
    const open = joined(pagesOf(first).slice(0, -1))
    for (const file of [joined([first, second]), joined([open, second])]) {
      // One after the other: the decoders share a memory.
      // oxlint-disable-next-line no-await-in-loop
      const sounds = await decoded(file)
      expect(sounds).toHaveLength(2)
      expect(sounds[1]?.samples.length).toBe(sound.length)
    }
  })

  it('applies the gain', async () => {
    const file = await fileOf()
    const [plain] = await decoded(file)
    const pages = pagesOf(file)
    const head = (pages[0] ?? file).slice()
    new DataView(head.buffer).setInt16(28 + 16, 6.02 * 256, true)
    const [louder] = await decoded(joined([renumbered(head, 0), ...pages.slice(1)]))
    expect(louder?.samples[sampleRate]).toBeCloseTo(2 * (plain?.samples[sampleRate] ?? NaN), 2)
  })

  it('makes no years of sound of a few bytes that claim them to be lost', async () => {
    const pages = pagesOf(await fileOf())
    const part = { serial: 1, isFirst: false, isLast: false, isContinued: false, isOpen: false }
    // A packet of 20 ms a page, and a jump of a year before each.
    const packet = Uint8Array.of(0xf8, 0xff, 0xfe)
    const jumps = Array.from({ length: 50 }, (_, i) =>
      encodePage({
        ...part,
        sequence: 9 + 2 * i,
        granule: BigInt(i + 1) * 48_000n * 31_536_000n,
        pieces: [packet],
      }),
    )
    const minute = 60 * 48_000
    const events = eventsOf(joined([...pages.slice(0, 2), ...jumps]))
    const lost = events.reduce((sum, event) => sum + (event.type === 'lost' ? event.samples48k : 0), 0)
    // As much again as was heard before the last jump.
    expect(lost).toBe(minute + 49 * 960)
    const { head } = events.find((event) => event.type === 'begin') ?? { head: { preSkip: NaN } }
    expect(events.at(-1)).toEqual({ type: 'end', samples48k: lost + 50 * 960 - head.preSkip })
    const [only] = await decoded(joined([...pages.slice(0, 2), ...jumps.slice(0, 1)]))
    expect(only?.samples.length).toBe((minute + 960 - head.preSkip) / 2)
  })

  it('does not keep a packet without an end', async () => {
    const pages = pagesOf(await fileOf())
    const part = { serial: 1, granule: undefined, isFirst: false, isLast: false, isOpen: true }
    const endless = Array.from({ length: 300 }, (_, i) =>
      encodePage({ ...part, sequence: 2 + i, isContinued: i > 0, pieces: [new Uint8Array(65_025)] }),
    )
    const reader = createOggOpusReader()
    for (const page of [...pages.slice(0, 2), ...endless]) reader.process(page)
    const end = { ...part, sequence: 302, isContinued: true, isOpen: false, pieces: [new Uint8Array(10)] }
    expect(reader.process(encodePage({ ...end, granule: 48_000n })).length).toBe(0)
    expect(reader.flush()).toEqual([{ type: 'end', samples48k: 0 }])
  })

  it('is not written with numbers that it has no room for', () => {
    for (const bad of [{ preSkip: NaN }, { preSkip: 65_536 }, { inputSampleRate: -1 }, { serial: 0.5 }]) {
      expect(() => createOggOpusWriter({ preSkip: 312, ...bad })).toThrow(Object.keys(bad)[0])
    }
    expect(() => createOggOpusWriter({ preSkip: 312 }).write(new Uint8Array())).toThrow(SyntaxError)
  })

  it('refuses what is no Ogg Opus file', () => {
    expect(() => eventsOf(Uint8Array.from('RIFF', (c) => c.charCodeAt(0)))).toThrow(SyntaxError)
    expect(eventsOf(new Uint8Array())).toEqual([])
  })

  it('never fails in another way, whatever the bytes', async () => {
    const valid = await fileOf()
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(255), fc.nat(4000), (at, byte, length) => {
        const damaged = valid.slice(0, length)
        damaged[at] = byte
        try {
          eventsOf(damaged)
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError)
        }
      }),
      { numRuns: 300 },
    )
  })
})

/** The page with another number and the checksum that belongs to it. */
function renumbered(page: Uint8Array, sequence: number): Uint8Array {
  const copy = page.slice()
  const view = new DataView(copy.buffer)
  view.setUint32(18, sequence, true)
  view.setUint32(22, 0, true)
  let crc = 0
  for (const byte of copy) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
  }
  view.setUint32(22, crc >>> 0, true)
  return copy
}
