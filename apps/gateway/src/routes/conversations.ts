import { RealtimeError } from '@parley/core'
import { forkContext } from '@parley/core/storage'
import type { ContextStore, FactStore } from '@parley/core/storage'
import { Hono } from 'hono'
import { z } from 'zod'
import { parseConversationId } from '../conversation-id.ts'
import { toDocument } from '../conversation-document.ts'
import type { ConversationDocument } from '../conversation-document.ts'
import { exportFile, exportFormats } from '../conversation-export.ts'
import type { ExportFormat } from '../conversation-export.ts'
import { exportLanguages, isTimeZone } from '../export-words.ts'
import type { Reader } from '../export-words.ts'
import { importConversation, takenId } from '../conversation-import.ts'
import type { LiveConversations } from '../live-conversations.ts'
import type { MemoryNews } from '../memory/memory-news.ts'
import { parseBody } from '../request-body.ts'
import type { RouteEnvironment } from '../route-environment.ts'

/** What the routes work on. */
export interface ConversationOptions {
  readonly store: ContextStore
  readonly live: LiveConversations
  /** Takes changes to the sessions that run. */
  readonly news: MemoryNews
  /** Name of a backend for people. */
  readonly titleOf: (backend: string) => string
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

const NewConversation = z.strictObject({
  id: z.string('An id is a text such as "conv_1", or is left out.').optional(),
})

const Fork = z.strictObject({
  item_id: z.string('The item_id names the last item to take along.').optional(),
  id: z.string().optional(),
})

/** A call in which nobody speaks for a while keeps its conversation. */
const anHour = 3600

const hundredYears = 100 * 365 * 24 * 3600

const Retention = z.strictObject({
  seconds: z
    .int('The seconds are a whole number, or null for ever.')
    .min(anHour, 'A conversation is kept for an hour (3600 seconds) at least.')
    .max(hundredYears, 'A conversation is kept for 100 years at most; null keeps it for ever.')
    .nullable(),
})

/**
 * `/v1/conversations`: name, list, read, export and delete what was said. What was learned of a person belongs to the
 * person and stays when the conversation goes, unless it is deleted with `?facts=true`, which answers with their number.
 */
export function conversationRoutes({
  store,
  live,
  news,
  newId,
  titleOf,
}: ConversationOptions): Hono<RouteEnvironment> {
  async function load(id: string): Promise<ConversationDocument> {
    const stored = await store.load(parseConversationId(id, 'id'))
    if (stored === undefined) throw unknown()
    return toDocument(stored, await store.listAudio(id))
  }

  return new Hono<RouteEnvironment>()
    .get('/', async (c) => {
      const { limit, after } = c.req.query()
      const page = await store.list({ limit: limit === undefined ? 20 : parseWhole(limit), after })
      return c.json({ data: page.contexts, cursor: page.cursor })
    })
    .post('/', async (c) => {
      const { id } = await parseBody(c.req.raw, NewConversation)
      const conversation = parseConversationId(id ?? newId('conv'), 'id')
      if ((await store.load(conversation)) !== undefined) throw takenId()
      await store.append(conversation, [], 0)
      return c.json(await load(conversation), 201, located(conversation))
    })
    .post('/import', async (c) => {
      const asked = c.req.query('id')
      const id = await importConversation(await parseBody(c.req.raw, z.unknown()), {
        store,
        id: asked === undefined ? undefined : parseConversationId(asked, 'id'),
        newId,
      })
      return c.json(await load(id), 201, located(id))
    })
    .post('/:id/fork', async (c) => {
      const from = parseConversationId(c.req.param('id'), 'id')
      const body = await parseBody(c.req.raw, Fork)
      const to = parseConversationId(body.id ?? newId('conv'), 'id')
      try {
        await forkContext(store, { from, to, throughItemId: body.item_id })
      } catch (error) {
        throw toForkError(error)
      }
      return c.json(await load(to), 201, located(to))
    })
    .get('/:id', async (c) => c.json(await load(c.req.param('id'))))
    .get('/:id/export', async (c) => {
      const format = parseFormat(c.req.query('format') ?? 'json')
      const audio = parseFlag(c.req.query('audio'), 'audio') ?? true
      const { body, mediaType, extension } = await exportFile(await load(c.req.param('id')), {
        format,
        store,
        audio,
        reader: { ...parseReader(c.req.query()), titleOf },
      })
      return c.body(body, 200, {
        'content-type': `${mediaType}; charset=utf-8`,
        'content-disposition': `attachment; filename="${c.req.param('id')}.${extension}"`,
        'content-security-policy': pagePolicy,
        'x-content-type-options': 'nosniff',
      })
    })
    .put('/:id/retention', async (c) => {
      const id = parseConversationId(c.req.param('id'), 'id')
      const { seconds } = await parseBody(c.req.raw, Retention)
      if (!(await store.setRetention(id, seconds ?? undefined))) throw unknown()
      return c.json({ id, seconds })
    })
    .get('/:id/audio/:item/:index', async (c) => {
      const { item: itemId, index } = c.req.param()
      const part = { itemId, contentIndex: parseWhole(index) }
      const sound = Number.isNaN(part.contentIndex)
        ? undefined
        : await store.loadAudio(parseConversationId(c.req.param('id'), 'id'), part)
      if (sound === undefined) {
        throw new RealtimeError('not_found', 'No sound of this part was kept.', { param: 'item' })
      }
      return c.body(new Uint8Array(sound.bytes), 200, {
        // Imported sound may call itself anything: a browser is to play it and nothing else.
        'content-type': /^audio\/[\w.+-]+$/.test(sound.mediaType)
          ? sound.mediaType
          : 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      })
    })
    .delete('/:id', async (c) => {
      const id = parseConversationId(c.req.param('id'), 'id')
      const reason = new RealtimeError('not_found', 'This conversation was deleted.', {
        param: 'conversation',
      })
      const withFacts = parseFlag(c.req.query('facts'), 'facts') ?? false
      let facts = 0
      const task = async (): Promise<boolean> => {
        // First, so that a request which fails between the two can be made again.
        if (withFacts) facts = await deleteFactsOf({ facts: store.facts, news }, id)
        return await store.delete(id)
      }
      if (!(await live.takeOver({ id, reason, task })) && facts === 0) throw unknown()
      return withFacts ? c.json({ id, deleted: true, facts }) : c.body(null, 204)
    })
}

/** Deletes what was learned of people in a conversation; number of facts. */
async function deleteFactsOf(
  { facts, news }: { readonly facts: FactStore; readonly news: MemoryNews },
  conversationId: string,
): Promise<number> {
  let deleted = 0
  let people: readonly string[] = []
  do {
    // Page by page, and one write after the other: this is rare, and sessions write at the same time.
    // oxlint-disable-next-line no-await-in-loop
    people = await facts.people({ limit: peoplePage, after: people.at(-1) })
    for (const person of people) {
      // oxlint-disable-next-line no-await-in-loop
      const learned = (await facts.list(person)).filter((fact) => fact.conversationId === conversationId)
      // oxlint-disable-next-line no-await-in-loop
      for (const { id } of learned) if (await facts.delete(person, id)) deleted += 1
      // oxlint-disable-next-line no-await-in-loop
      if (learned.length > 0) await news.personChanged(person)
    }
  } while (people.length === peoplePage)
  return deleted
}

/** People read at once. */
const peoplePage = 100

/** What a browser that opens an export may do: show it. */
const pagePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:"

function parseFormat(text: string): ExportFormat {
  const format = exportFormats.find((name) => name === text)
  if (format !== undefined) return format
  throw new RealtimeError('invalid_value', `The format is one of ${exportFormats.join(', ')}.`, {
    param: 'format',
  })
}

function parseReader(query: Readonly<Record<string, string>>): Omit<Reader, 'titleOf'> {
  const asked = query['language'] ?? 'en'
  const language = exportLanguages.find((name) => name === asked)
  const timeZone = query['time_zone']
  if (language === undefined) {
    const message = `The language is one of ${exportLanguages.join(', ')}.`
    throw new RealtimeError('invalid_value', message, { param: 'language' })
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    throw new RealtimeError('invalid_value', 'The time_zone has a name such as Europe/Berlin.', {
      param: 'time_zone',
    })
  }
  return { language, timeZone }
}

function parseFlag(text: string | undefined, param: string): boolean | undefined {
  if (text === undefined) return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  throw new RealtimeError('invalid_value', `${param} is true or false.`, { param })
}

/** `NaN` for what is no whole number. */
function parseWhole(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

function located(id: string): { location: string } {
  return { location: `/v1/conversations/${id}` }
}

/** Names the fields as this route does. */
function toForkError(error: unknown): unknown {
  if (!(error instanceof RealtimeError)) return error
  if (error.code === 'revision_conflict') return takenId()
  if (error.code !== 'not_found') return error
  return error.param === 'from'
    ? unknown()
    : new RealtimeError('not_found', 'There is no such item in it.', { param: 'item_id' })
}

function unknown(): RealtimeError {
  return new RealtimeError('not_found', 'There is no such conversation.', { param: 'id' })
}
