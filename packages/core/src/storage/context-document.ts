import { z } from 'zod'
import { RealtimeError } from '../errors.ts'
import { Item } from '../events/items.ts'
import type { ContextEntry, ContextStore, ItemAudio, LifeEvent, StoredEntry } from './context-store.ts'

const format = 'parley.conversation'
const version = 1

/** End of the year 9999 (Unix ms), the last time that has its usual spelling. */
const lastTime = 253_402_300_799_999
const notTime = 'A time is whole Unix milliseconds, up to the year 9999.'
const time = z.int(notTime).min(0, notTime).max(lastTime, notTime)
const itemId = z.string()
const contentIndex = z.int().nonnegative()
const milliseconds = z.number().nonnegative()

/** All of them, which the compiler checks. */
const lifeEvents = {
  connected: 'connected',
  migrated: 'migrated',
  resumed: 'resumed',
  interrupted: 'interrupted',
  disconnected: 'disconnected',
  handed_over: 'handed_over',
  forked: 'forked',
  imported: 'imported',
} as const satisfies { readonly [Event in LifeEvent]: Event }

const Entry = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('item'), item: Item, previousItemId: z.string().nullable() }),
  z.looseObject({ type: z.literal('transcript'), itemId, contentIndex, transcript: z.string() }),
  z.looseObject({
    type: z.literal('truncated'),
    itemId,
    contentIndex,
    audioEndMs: milliseconds,
    heardTranscript: z.string(),
  }),
  z.looseObject({ type: z.literal('deleted'), itemId }),
  z.looseObject({
    type: z.literal('response'),
    responseId: z.string(),
    status: z.enum(['completed', 'cancelled', 'incomplete', 'failed']),
    reason: z.string().optional(),
    itemIds: z.array(z.string()),
    backend: z.string(),
    model: z.string().optional(),
    usage: z.record(z.string(), z.unknown()).optional(),
    requestedBy: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal('heard'),
    itemId,
    contentIndex,
    generatedMs: milliseconds,
    heardMs: milliseconds,
    heardTranscript: z.string(),
    by: z.enum(['playback', 'truncate', 'clock']),
  }),
  z.looseObject({
    type: z.literal('life'),
    event: z.enum(lifeEvents),
    backend: z.string().optional(),
    model: z.string().optional(),
    detail: z.string().optional(),
  }),
  z.looseObject({ type: z.literal('summary'), throughItemId: z.string(), text: z.string(), by: z.string() }),
  z.looseObject({ type: z.literal('pinned'), factId: z.string(), text: z.string() }),
  z.looseObject({ type: z.literal('unpinned'), factId: z.string() }),
  z.looseObject({
    type: z.literal('erased'),
    place: z.looseObject({ itemId, previousItemId: z.string().nullable() }).optional(),
  }),
]) satisfies z.ZodType<ContextEntry>

const Audio = z.looseObject({
  itemId,
  contentIndex,
  mediaType: z.string(),
  durationMs: milliseconds,
  /** Base64. */
  bytes: z.base64(),
})

const Document = z.strictObject({
  format: z.literal(format),
  version: z.literal(version, {
    error: ({ input }) => `This Parley reads version ${version}, not ${String(input)}.`,
  }),
  id: z.string(),
  createdAt: time,
  retentionSeconds: z.int().positive().optional(),
  entries: z
    .array(z.looseObject({ at: time, revision: z.int().optional(), entry: Entry }))
    .superRefine((entries, context) => {
      for (const [index, { at, revision }] of entries.entries()) {
        const before = entries[index - 1]
        const say = (field: string, message: string): void =>
          context.addIssue({ code: 'custom', path: [index, field], message })
        if (before !== undefined && at < before.at) say('at', 'An entry is no older than the one before it.')
        if (revision !== undefined && revision !== index + 1) {
          say('revision', 'Entries are in the order of their revisions, from 1.')
        }
      }
    }),
  audio: z.array(Audio).optional(),
  /** What the entries amount to, for those who read an export; an import goes by the entries. */
  items: z.unknown().optional(),
})

/** A conversation as JSON, whole: its log with times (Unix ms) and, when asked for, its sounds. */
export interface ContextDocument {
  readonly format: typeof format
  readonly version: typeof version
  readonly id: string
  readonly createdAt: number
  readonly retentionSeconds?: number | undefined
  readonly entries: readonly { readonly at: number; readonly entry: ContextEntry }[]
  readonly audio?: readonly DocumentAudio[] | undefined
}

/** A sound with its bytes as base64. */
export interface DocumentAudio extends Omit<ItemAudio, 'bytes'> {
  readonly bytes: string
}

/** A conversation as a document, `undefined` for an unknown id. Sounds, as base64, only when asked for. */
export async function exportContext(
  store: ContextStore,
  id: string,
  { audio = false }: { readonly audio?: boolean } = {},
): Promise<ContextDocument | undefined> {
  const stored = await store.load(id)
  if (stored === undefined) return undefined
  const { createdAt, retentionSeconds, entries } = stored
  return {
    format,
    version,
    id,
    createdAt,
    ...(retentionSeconds === undefined ? {} : { retentionSeconds }),
    entries: inOrder(entries),
    ...(audio ? { audio: await soundsOf(store, id) } : {}),
  }
}

/** A clock may have gone back between two entries: the later one then came when the earlier one did. */
function inOrder(entries: readonly StoredEntry[]): ContextDocument['entries'] {
  let latest = 0
  return entries.map(({ at, entry }) => {
    latest = Math.max(latest, at)
    return { at: latest, entry }
  })
}

async function soundsOf(store: ContextStore, id: string): Promise<readonly DocumentAudio[]> {
  const sounds: DocumentAudio[] = []
  for (const note of await store.listAudio(id)) {
    // oxlint-disable-next-line no-await-in-loop
    const sound = await store.loadAudio(id, note)
    if (sound !== undefined) sounds.push({ ...sound, bytes: Buffer.from(sound.bytes).toString('base64') })
  }
  return sounds
}

/**
 * Checks a document. Throws `invalid_value` that names the first bad field, for example `entries.3.entry.itemId`, and
 * `unknown_parameter` for a field documents do not have.
 */
export function parseContextDocument(value: unknown): ContextDocument {
  const parsed = Document.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const param = issue.keys[0] ?? 'document'
    throw new RealtimeError('unknown_parameter', `${param}: A conversation has no such field.`, { param })
  }
  const param = issue?.path.map(String).join('.') || 'document'
  throw new RealtimeError('invalid_value', `${param}: ${issue?.message ?? 'not valid'}`, { param })
}

/**
 * Makes a conversation of a document, under its own id or another, and notes in its log where it is from. Resolves with
 * id and revision. Rejects with `invalid_value` that names the bad field, and with `revision_conflict` for an id that is
 * taken; nothing is left of an import that failed.
 */
export async function importContext(
  store: ContextStore,
  value: unknown,
  options: { readonly id?: string | undefined } = {},
): Promise<{ readonly id: string; readonly revision: number }> {
  const document = parseContextDocument(value)
  const { createdAt, entries, retentionSeconds, audio = [] } = document
  const id = options.id ?? document.id
  const log: ContextEntry[] = entries.map(({ entry }) => entry)
  log.push({ type: 'life', event: 'imported', detail: document.id })
  const revision = await store.append(id, log, 0, { createdAt, entries: entries.map(({ at }) => at) })
  try {
    if (retentionSeconds !== undefined) await store.setRetention(id, retentionSeconds)
    // oxlint-disable-next-line no-await-in-loop
    for (const sound of audio) await store.putAudio(id, toAudio(sound))
  } catch (error) {
    // The first failure is the one to tell.
    await store.delete(id).catch(() => undefined)
    throw error
  }
  return { id, revision }
}

function toAudio(sound: DocumentAudio): ItemAudio {
  return { ...sound, bytes: new Uint8Array(Buffer.from(sound.bytes, 'base64')) }
}
