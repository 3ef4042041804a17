import { RealtimeError } from '@parley/core'
import { planContext, rememberedIn, toMaterial } from '@parley/core/context'
import type { Fact } from '@parley/core/context'
import type { ContextEntry, ContextStore, StoredContext } from '@parley/core/storage'
import { Hono } from 'hono'
import { backendRequest, chooseBackends } from '../backend-choice.ts'
import type { BackendChoices } from '../backend-choice.ts'
import { parseConversationId } from '../conversation-id.ts'
import type { LiveConversations } from '../live-conversations.ts'
import { parseContextOptions, parsePerson } from '../memory/context-request.ts'
import { FactText } from '../memory/fact-text.ts'
import type { Memory } from '../memory/memory.ts'
import { parseBody } from '../request-body.ts'
import type { RouteEnvironment } from '../route-environment.ts'

/** What the routes work on. */
export interface ContextRouteOptions extends BackendChoices {
  readonly store: ContextStore
  readonly live: LiveConversations
  readonly memory: Memory
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** Most facts pinned to one conversation. */
const mostPinned = 100

/** Appends tried before somebody else's are in the way for good. */
const mostTries = 20

/**
 * `/v1/conversations/<id>/context`: what a backend would be told now; `/v1/conversations/<id>/facts`: what it is told
 * always. A session that runs in this process tells its backend at once, one of another gateway when it next stores.
 */
export function contextRoutes(options: ContextRouteOptions): Hono<RouteEnvironment> {
  const { store, live, memory, newId } = options

  async function load(id: string): Promise<StoredContext> {
    const stored = await store.load(parseConversationId(id, 'id'))
    if (stored !== undefined) return stored
    // A session may run of which nothing is stored yet.
    if (live.has(id)) return { id, revision: 0, createdAt: 0, updatedAt: 0, entries: [] }
    throw new RealtimeError('not_found', 'There is no such conversation.', { param: 'id' })
  }

  /** Appends what `change` makes of the facts there are; sessions write at the same time. */
  async function append(id: string, change: (pinned: readonly Fact[]) => ContextEntry): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      // Each try needs to know what came before it.
      // oxlint-disable-next-line no-await-in-loop
      const stored = await load(id)
      const entry = change(rememberedIn(stored.entries).pinned)
      try {
        // oxlint-disable-next-line no-await-in-loop
        await store.append(id, [entry], stored.revision)
        memory.news.written(id, [entry])
        return
      } catch (error) {
        const overtaken = error instanceof RealtimeError && error.code === 'revision_conflict'
        if (!overtaken || tries === mostTries) throw error
      }
    }
  }

  return new Hono<RouteEnvironment>()
    .get('/:id/context', async (c) => {
      const query = new URL(c.req.url).searchParams
      const names = { strategy: 'strategy', tokens: 'budget' }
      const asked = parseContextOptions(query, names, memory.context)
      const person = parsePerson(query, memory.people !== undefined)
      const [{ provider, model }] = chooseBackends(backendRequest(query), options)
      const { entries } = await load(c.req.param('id'))
      const facts = person === undefined ? [] : await store.facts.list(person)
      const material = toMaterial(entries, facts)
      const capabilities = provider.capabilitiesFor?.(model) ?? provider.capabilities
      const { report, items, instructions } = planContext(material, asked, capabilities)
      const summary = material.summary && { text: material.summary.text, by: material.summary.by }
      return c.json({ backend: provider.name, model, report, items, instructions, summary })
    })
    .get('/:id/facts', async (c) => {
      const { entries } = await load(c.req.param('id'))
      return c.json({ data: rememberedIn(entries).pinned })
    })
    .post('/:id/facts', async (c) => {
      const id = c.req.param('id')
      const { text } = await parseBody(c.req.raw, FactText)
      const fact = { id: newId('fact'), text }
      await append(id, (pinned) => {
        if (pinned.length < mostPinned) return { type: 'pinned', factId: fact.id, text }
        const message = `A conversation has at most ${mostPinned} pinned facts.`
        throw new RealtimeError('invalid_value', message, { param: 'text' })
      })
      return c.json(fact, 201, { location: `/v1/conversations/${id}/facts/${fact.id}` })
    })
    .patch('/:id/facts/:fact', async (c) => {
      const { id, fact } = c.req.param()
      const { text } = await parseBody(c.req.raw, FactText)
      await append(id, (pinned) => ({ type: 'pinned', factId: known(pinned, fact), text }))
      return c.json({ id: fact, text })
    })
    .delete('/:id/facts/:fact', async (c) => {
      const { id, fact } = c.req.param()
      await append(id, (pinned) => ({ type: 'unpinned', factId: known(pinned, fact) }))
      return c.body(null, 204)
    })
}

function known(facts: readonly Fact[], id: string): string {
  if (facts.some((fact) => fact.id === id)) return id
  throw new RealtimeError('not_found', 'There is no such fact.', { param: 'fact' })
}
