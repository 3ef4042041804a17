import { RealtimeError } from '@parley/core'
import type { FactStore, PersonFact } from '@parley/core/storage'
import { Hono } from 'hono'
import { parsePersonId, peopleOff } from '../memory/context-request.ts'
import { FactText } from '../memory/fact-text.ts'
import type { MemoryNews } from '../memory/memory-news.ts'
import { mostFacts } from '../memory/people.ts'
import { parseBody } from '../request-body.ts'
import type { RouteEnvironment } from '../route-environment.ts'

/** What the routes work on. */
export interface PeopleOptions {
  readonly facts: FactStore
  /** Facts of people are kept. Where they are not, those kept earlier can still be read and deleted. */
  readonly isOn: boolean
  /** Takes changes to the sessions that run. */
  readonly news: MemoryNews
  /** A new unique id that begins with `<prefix>_`. */
  readonly newId: (prefix: string) => string
}

/** `/v1/people/<person>/facts`: what is known of a person over all conversations, theirs to read, change and delete. */
export function peopleRoutes({ facts, isOn, news, newId }: PeopleOptions): Hono<RouteEnvironment> {
  async function find(person: string, id: string): Promise<PersonFact> {
    const fact = (await facts.list(person)).find((each) => each.id === id)
    if (fact !== undefined) return fact
    throw new RealtimeError('not_found', 'There is no such fact.', { param: 'fact' })
  }

  async function forget(param: string): Promise<void> {
    const person = parsePersonId(param, 'person')
    await facts.deleteAll(person)
    await news.personChanged(person)
  }

  return new Hono<RouteEnvironment>()
    .get('/:person/facts', async (c) => {
      const person = parsePersonId(c.req.param('person'), 'person')
      return c.json({ data: await facts.list(person) })
    })
    .post('/:person/facts', async (c) => {
      const person = parsePersonId(c.req.param('person'), 'person')
      if (!isOn) throw peopleOff('person')
      const { text } = await parseBody(c.req.raw, FactText)
      if ((await facts.list(person)).length >= mostFacts) {
        const message = `At most ${mostFacts} facts are kept of a person.`
        throw new RealtimeError('invalid_value', message, { param: 'text' })
      }
      const fact = await facts.put(person, { id: newId('fact'), text, conversationId: undefined })
      await news.personChanged(person)
      const location = `/v1/people/${encodeURIComponent(person)}/facts/${fact.id}`
      return c.json(fact, 201, { location })
    })
    .patch('/:person/facts/:fact', async (c) => {
      const person = parsePersonId(c.req.param('person'), 'person')
      if (!isOn) throw peopleOff('person')
      const { text } = await parseBody(c.req.raw, FactText)
      const { id, conversationId } = await find(person, c.req.param('fact'))
      const fact = await facts.put(person, { id, text, conversationId })
      await news.personChanged(person)
      return c.json(fact)
    })
    .delete('/:person/facts/:fact', async (c) => {
      const person = parsePersonId(c.req.param('person'), 'person')
      const { id } = await find(person, c.req.param('fact'))
      await facts.delete(person, id)
      await news.personChanged(person)
      return c.body(null, 204)
    })
    .delete('/:person/facts', async (c) => {
      await forget(c.req.param('person'))
      return c.body(null, 204)
    })
    .delete('/:person', async (c) => {
      await forget(c.req.param('person'))
      return c.body(null, 204)
    })
}
