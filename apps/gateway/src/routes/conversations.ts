import { RealtimeError } from '@parley/core'
import { foldEntries } from '@parley/core/storage'
import type { ContextStore } from '@parley/core/storage'
import { Hono } from 'hono'
import { z } from 'zod'
import { parseConversationId } from '../conversation-id.ts'
import { toMarkdown } from '../conversation-markdown.ts'
import type { ConversationDocument } from '../conversation-markdown.ts'
import type { RouteEnvironment } from '../route-environment.ts'
import type { LiveConversations } from '../live-conversations.ts'

/** What the routes work on. */
export interface ConversationOptions {
  readonly store: ContextStore
  readonly live: LiveConversations
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

const NewConversation = z.object({ id: z.string().optional() })

/** `/v1/conversations`: name, list, read, export and delete what was said. */
export function conversationRoutes({ store, live, newId }: ConversationOptions): Hono<RouteEnvironment> {
  async function load(id: string): Promise<ConversationDocument> {
    const stored = await store.load(parseConversationId(id, 'id'))
    if (stored === undefined) throw unknown()
    const { revision, createdAt, updatedAt, entries } = stored
    return { id: stored.id, revision, createdAt, updatedAt, items: foldEntries(entries) }
  }

  return new Hono<RouteEnvironment>()
    .get('/', async (c) => {
      const { limit, after } = c.req.query()
      const page = await store.list({ limit: limit === undefined ? 20 : parseLimit(limit), after })
      return c.json({ data: page.contexts, cursor: page.cursor })
    })
    .post('/', async (c) => {
      const id = await namedIn(c.req.raw)
      const conversation = parseConversationId(id ?? newId('conv'), 'id')
      if ((await store.load(conversation)) !== undefined) {
        throw new RealtimeError('revision_conflict', 'There is such a conversation already.', { param: 'id' })
      }
      await store.append(conversation, [], 0)
      return c.json(await load(conversation), 201, { location: `/v1/conversations/${conversation}` })
    })
    .get('/:id', async (c) => c.json(await load(c.req.param('id'))))
    .get('/:id/export', async (c) => {
      const format = c.req.query('format') ?? 'json'
      if (format !== 'json' && format !== 'markdown') {
        throw new RealtimeError('invalid_value', 'The format is json or markdown.', { param: 'format' })
      }
      const conversation = await load(c.req.param('id'))
      const file =
        format === 'json'
          ? { end: 'json', type: 'application/json', text: JSON.stringify(conversation, null, 2) }
          : { end: 'md', type: 'text/markdown', text: toMarkdown(conversation) }
      return c.body(file.text, 200, {
        'content-type': `${file.type}; charset=utf-8`,
        'content-disposition': `attachment; filename="${conversation.id}.${file.end}"`,
      })
    })
    .delete('/:id', async (c) => {
      const id = parseConversationId(c.req.param('id'), 'id')
      const reason = new RealtimeError('not_found', 'This conversation was deleted.', {
        param: 'conversation',
      })
      if (!(await live.takeOver({ id, reason, task: () => store.delete(id) }))) throw unknown()
      return c.body(null, 204)
    })
}

/** The id a request body asks for; an empty body asks for none. */
async function namedIn(request: Request): Promise<string | undefined> {
  const text = await request.text()
  if (text.trim() === '') return undefined
  try {
    return NewConversation.parse(JSON.parse(text)).id
  } catch (cause) {
    throw new RealtimeError('invalid_value', 'The body is a JSON object with an optional "id".', {
      param: 'id',
      cause,
    })
  }
}

function parseLimit(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

function unknown(): RealtimeError {
  return new RealtimeError('not_found', 'There is no such conversation.', { param: 'id' })
}
