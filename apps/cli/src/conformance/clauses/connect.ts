import { NotApplicable, check, show, ClauseFailure } from '../outcome.ts'
import type { Clause } from '../clause.ts'
import { textAnswer } from '../exchanges.ts'
import { at, hasText, isRecord, parseEvent, textAt } from '../reader.ts'
import { sources } from '../sources.ts'

/** What has to hold of a connection before anything is asked of it. */
export const connectClauses: readonly Clause[] = [
  {
    id: 'connect.first-event',
    level: 'must',
    title: 'The first frame is session.created, and comes without being asked for',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.connect()
      await client.until(() => client.frames.length > 0 || client.closed !== undefined)
      const first = client.frames[0]?.data
      const event = typeof first === 'string' ? parseEvent(first) : undefined
      check(
        event?.type === 'session.created',
        'session.created as the first frame',
        first ?? client.summary(),
      )
    },
  },
  {
    id: 'connect.session-id',
    level: 'must',
    title: 'session.created names its session',
    source: sources.serverEvents,
    async run(bench) {
      const client = await bench.open()
      const created = await client.nextOf('session.created')
      check(hasText(created, 'session.id'), 'session.id as text', at(created, 'session.id'))
    },
  },
  {
    id: 'connect.session-shape',
    level: 'must',
    title: 'The session has the nested shape: type, output_modalities, audio.input and audio.output',
    source: sources.serverEvents,
    dialects: ['openai-ga'],
    async run(bench) {
      const session = at(await (await bench.open()).nextOf('session.created'), 'session')
      check(at(session, 'type') === 'realtime', 'session.type "realtime"', session)
      check(at(session, 'object') === 'realtime.session', 'session.object "realtime.session"', session)
      check(Array.isArray(at(session, 'output_modalities')), 'session.output_modalities as a list', session)
      check(isRecord(at(session, 'audio.input')), 'session.audio.input as an object', session)
      check(isRecord(at(session, 'audio.output')), 'session.audio.output as an object', session)
    },
  },
  {
    id: 'connect.flat-session-shape',
    level: 'must',
    title: 'The session has the flat shape: modalities, voice, input_audio_format, output_audio_format',
    source: sources.voiceLive,
    dialects: ['openai-beta', 'voice-live'],
    async run(bench) {
      const session = at(await (await bench.open()).nextOf('session.created'), 'session')
      check(Array.isArray(at(session, 'modalities')), 'session.modalities as a list', session)
      check(at(session, 'voice') !== undefined, 'session.voice', session)
      check(hasText(session, 'input_audio_format'), 'session.input_audio_format as text', session)
      check(hasText(session, 'output_audio_format'), 'session.output_audio_format as text', session)
      check(at(session, 'audio') === undefined, 'no session.audio in the flat shape', session)
    },
  },
  {
    id: 'connect.event-ids',
    level: 'must',
    title: 'Every event of the server has an event_id of its own',
    source: sources.serverEvents,
    async run(bench) {
      const { client } = await textAnswer(bench)
      const without = client.events.find((event) => !hasText(event, 'event_id'))
      check(without === undefined, 'event_id as text in every event', without)
      const ids = client.events.map((event) => textAt(event, 'event_id'))
      const twice = ids.find((id, index) => ids.indexOf(id) !== index)
      check(twice === undefined, 'an event_id to be used once', `${twice} twice`)
    },
  },
  {
    id: 'connect.text-frames',
    level: 'must',
    title: 'Every frame of the server is one JSON object with a type, sent as text',
    source: sources.webSocketGuide,
    async run(bench) {
      const { client } = await textAnswer(bench)
      check(client.oddFrames.length === 0, 'events only', client.oddFrames[0])
    },
  },
  {
    id: 'connect.subprotocol',
    level: 'must',
    title: 'The subprotocol "realtime", which browsers offer, is selected',
    source: sources.webSocketGuide,
    dialects: ['openai-ga', 'openai-beta'],
    async run(bench) {
      const client = await bench.connect({ protocols: ['realtime'] })
      check(
        client.socket.protocol === 'realtime',
        'the subprotocol "realtime"',
        client.socket.protocol || 'none selected',
      )
    },
  },
  {
    id: 'connect.bad-key',
    level: 'must',
    title: 'A wrong key is refused: at the upgrade, or by an error and a close',
    source: sources.webSocketGuide,
    async run(bench) {
      const { badHeaders } = bench.target
      if (badHeaders === undefined) throw new NotApplicable('--bad-key was not given')
      try {
        const client = await bench.connect({ headers: badHeaders })
        await client.until(() => client.closed !== undefined)
        const refused = client.closed !== undefined && client.events.some(({ type }) => type === 'error')
        check(refused, 'a refusal of the wrong key', client.summary())
      } catch (error) {
        const isRefusal = error instanceof ClauseFailure && /HTTP (401|403)/.test(error.found)
        check(isRefusal, 'HTTP 401 or 403', error instanceof Error ? error.message : show(error))
      }
    },
  },
]
