import { afterAll, beforeAll, expect, it } from 'vitest'
import { readArticle } from '../src/content/articles.ts'
import { languages } from '../src/site/language.ts'
import { fencesOf } from './fences.ts'
import { startGateway, type RunningProgram } from './running-programs.ts'

let gateway: RunningProgram

beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** What the client of the article sends. */
const sent: Readonly<Record<string, object>> = {
  'conversation.item.create': {
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'What is Parley?' }] },
  },
  'response.create': {},
}

it.for(languages)('shows coming back as it is, in %s', async (language) => {
  const { body } = readArticle('concepts', 'sessions', language)
  const text = fencesOf(body).find(({ code }) => code.includes('resume=new'))?.code ?? ''
  const [before, after] = partsOf(text)
  if (!before || !after) throw new Error('The exchange has two connections.')

  const first = await connect(before.query)
  for (const { number, type } of before.lines.filter(({ isSent }) => isSent)) {
    const had = before.lines.slice(
      0,
      before.lines.findIndex((line) => line.isSent && line.number === number),
    )
    await first.has(numberedIn(had).length)
    first.socket.send(JSON.stringify({ type, ...sent[type] }))
  }
  await first.has(numberedIn(before.lines).length)
  expect(first.told.slice(0, numberedIn(before.lines).length)).toEqual(numberedIn(before.lines))
  expect(first.about[0]).toMatchObject({ type: 'parley.session.resumable', grace_ms: 60_000 })
  first.socket.close(4000)

  const [greeting, ...rest] = after.lines
  const token = String(first.about[0]?.['token'])
  const second = await connect(after.query.replace(/rt_\.\.\./, token))
  await second.has(rest.length)
  const [, next, received] = /next (\d+), received (\d+)/.exec(greeting?.words ?? '') ?? []
  expect(second.about[0]).toMatchObject({
    type: 'parley.session.resumed',
    next: Number(next),
    received: Number(received),
  })
  expect(rest.map(({ number }) => number)).toEqual(rest.map((_, index) => Number(next) + index))
  expect(second.told.slice(0, rest.length)).toEqual(numberedIn(rest))
  second.socket.close(1000)
})

interface Line {
  readonly isSent: boolean
  /** `undefined` for an event about the connection. */
  readonly number: number | undefined
  readonly type: string
  readonly words: string
}

function partsOf(text: string): readonly { readonly query: string; readonly lines: readonly Line[] }[] {
  return text
    .split(/^GET \S+\?/m)
    .slice(1)
    .map((part) => {
      const [query = '', ...lines] = part.split('\n')
      return { query, lines: lines.flatMap(lineOf) }
    })
}

function lineOf(text: string): readonly Line[] {
  const told = /^ +<- +(\d+)? *([a-z_.]+)(.*)$/.exec(text)
  const said = /^(\d+) +-> +([a-z_.]+)(.*)$/.exec(text)
  const [, number, type = '', words = ''] = told ?? said ?? []
  if (type === '') return []
  return [{ isSent: said !== null, number: number === undefined ? undefined : Number(number), type, words }]
}

function numberedIn(lines: readonly Line[]): readonly string[] {
  return lines.filter(({ isSent, number }) => !isSent && number !== undefined).map(({ type }) => type)
}

async function connect(query: string) {
  const socket = new WebSocket(`${gateway.address.replace('http', 'ws')}/v1/realtime?${query}`, ['realtime'])
  const told: string[] = []
  const about: Readonly<Record<string, unknown>>[] = []
  let wake = Promise.withResolvers<void>()
  socket.addEventListener('message', ({ data }) => {
    const event: Readonly<Record<string, unknown>> = JSON.parse(String(data))
    const type = String(event['type'])
    if (type.startsWith('parley.session.')) about.push(event)
    else told.push(type)
    wake.resolve()
    wake = Promise.withResolvers()
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  return {
    socket,
    /** Types of the numbered events so far. */
    told,
    /** Events about the connection. */
    about,
    /** Resolves when so many numbered events are there, and one about the connection. */
    async has(count: number): Promise<void> {
      while (told.length < count || about.length === 0) await wake.promise
    },
  }
}
