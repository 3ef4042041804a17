import { update } from '../bench.ts'
import type { Clause } from '../clause.ts'
import { check } from '../outcome.ts'
import { serverVad, weatherTool } from '../exchanges.ts'
import { at, listAt, textAt } from '../reader.ts'
import { refusal } from '../refusal.ts'
import { sources } from '../sources.ts'

const instructions = 'You are brief, and you end each answer with a full stop.'

/** What has to hold of `session.update`. */
export const sessionClauses: readonly Clause[] = [
  {
    id: 'session.update-echo',
    level: 'must',
    title: 'session.updated carries what was set',
    source: sources.clientEvents,
    async run(bench) {
      const session = await update(await bench.open(), bench.wire, { instructions, turnDetection: serverVad })
      check(at(session, 'instructions') === instructions, `instructions "${instructions}"`, session)
      const vad = at(session, bench.wire.turnDetection)
      check(at(vad, 'type') === 'server_vad', `${bench.wire.turnDetection}.type "server_vad"`, vad)
      check(at(vad, 'silence_duration_ms') === 500, 'silence_duration_ms 500', vad)
    },
  },
  {
    id: 'session.update-full',
    level: 'must',
    title: 'session.updated carries the whole session, of the same id',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.open()
      const created = at(await client.nextOf('session.created'), 'session')
      const session = await update(client, bench.wire, { instructions })
      check(at(session, 'id') === at(created, 'id'), `session.id "${textAt(created, 'id')}"`, session)
      check(Array.isArray(at(session, bench.wire.modalities)), `session.${bench.wire.modalities}`, session)
      check(
        at(session, bench.wire.turnDetection) !== undefined,
        `session.${bench.wire.turnDetection}`,
        session,
      )
    },
  },
  {
    id: 'session.update-merge',
    level: 'must',
    title: 'An update changes what it names and leaves the rest',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.open()
      await update(client, bench.wire, { instructions, output: 'text' })
      const session = await update(client, bench.wire, { turnDetection: null })
      check(at(session, 'instructions') === instructions, 'the instructions of the update before', session)
      const modalities = listAt(session, bench.wire.modalities)
      check(
        modalities.length === 1 && modalities[0] === 'text',
        `${bench.wire.modalities} of the update before`,
        modalities,
      )
    },
  },
  {
    id: 'session.turn-detection-off',
    level: 'must',
    title: 'Turn detection set to null is off, and shown as null',
    source: sources.vad,
    async run(bench) {
      const session = await update(await bench.open(), bench.wire, { turnDetection: null })
      check(at(session, bench.wire.turnDetection) === null, `${bench.wire.turnDetection} null`, session)
    },
  },
  {
    id: 'session.clear',
    level: 'must',
    title: 'Empty text and an empty list clear instructions and tools',
    source: sources.clientEvents,
    needs: ['tools'],
    async run(bench) {
      const client = await bench.open()
      const full = await update(client, bench.wire, { instructions, tools: [weatherTool] })
      check(listAt(full, 'tools').length === 1, 'one tool', at(full, 'tools'))
      const session = await update(client, bench.wire, { instructions: '', tools: [] })
      check(listAt(session, 'tools').length === 0, 'no tools', at(session, 'tools'))
      check((textAt(session, 'instructions') ?? '') === '', 'no instructions', at(session, 'instructions'))
    },
  },
  {
    id: 'session.tools-echo',
    level: 'must',
    title: 'Tools are shown as they were set',
    source: sources.serverEvents,
    needs: ['tools'],
    async run(bench) {
      const session = await update(await bench.open(), bench.wire, { tools: [weatherTool] })
      check(at(session, 'tools.0.name') === 'get_weather', 'the tool get_weather', at(session, 'tools'))
      check(at(session, 'tools.0.parameters.type') === 'object', 'its parameters', at(session, 'tools'))
    },
  },
  {
    id: 'session.invalid-refused',
    level: 'must',
    title: 'A value of a wrong kind is refused by an error that names the event; the session goes on',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, badUpdate(bench.wire.session({}), bench.wire.modalities))
    },
  },
  {
    id: 'session.invalid-param',
    level: 'should',
    title: 'The error of a wrong value names the field in param',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.session()
      const error = await refusal(bench, client, badUpdate(bench.wire.session({}), bench.wire.modalities))
      const param = textAt(error, 'error.param') ?? ''
      check(param.includes(bench.wire.modalities), `error.param with ${bench.wire.modalities}`, error)
    },
  },
  {
    id: 'session.error-shape',
    level: 'must',
    title: 'An error has a type, a message, a code and a param, the last two perhaps null',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.session()
      const error = await refusal(bench, client, 'This is not JSON.')
      check(textAt(error, 'error.type') !== undefined, 'error.type as text', error)
      for (const field of ['code', 'param']) {
        const value = at(error, `error.${field}`)
        check(
          value === null || value === undefined || typeof value === 'string',
          `error.${field} as text`,
          error,
        )
      }
      check(textAt(error, 'error.type') === 'invalid_request_error', 'invalid_request_error', error)
    },
  },
  {
    id: 'session.invalid-whole',
    level: 'must',
    title: 'An update with a wrong value is refused as a whole',
    source: sources.clientEvents,
    async run(bench) {
      const client = await bench.session()
      await update(client, bench.wire, { instructions })
      const { session } = badUpdate(
        bench.wire.session({ instructions: 'Half of it.' }),
        bench.wire.modalities,
      )
      const since = client.events.length
      client.send({ type: 'session.update', session })
      await client.nextOf('error', { since })
      const after = await update(client, bench.wire, { turnDetection: null })
      check(
        at(after, 'instructions') === instructions,
        'the instructions of before',
        at(after, 'instructions'),
      )
    },
  },
  {
    id: 'session.unknown-field',
    level: 'must',
    title: 'A field the session does not have is refused',
    source: sources.clientEvents,
    dialects: ['openai-ga'],
    async run(bench) {
      const client = await bench.session()
      const session = { ...bench.wire.session({}), no_such_field: true }
      await refusal(bench, client, { type: 'session.update', session })
    },
  },
  {
    id: 'session.type-required',
    level: 'must',
    title: 'An update that does not say its type is refused',
    source: sources.clientEvents,
    dialects: ['openai-ga'],
    async run(bench) {
      const client = await bench.session()
      await refusal(bench, client, { type: 'session.update', session: { instructions } })
    },
  },
  {
    id: 'session.bad-tool',
    level: 'must',
    title: 'A tool without a name is refused',
    source: sources.clientEvents,
    needs: ['tools'],
    async run(bench) {
      const client = await bench.session()
      const session = bench.wire.session({ tools: [{ type: 'function', description: 'Nameless.' }] })
      await refusal(bench, client, { type: 'session.update', session })
    },
  },
]

function badUpdate(
  session: Readonly<Record<string, unknown>>,
  field: string,
): { readonly type: 'session.update'; readonly session: Readonly<Record<string, unknown>> } {
  return { type: 'session.update', session: { ...session, [field]: 'loud' } }
}
