import { describeLaws } from '@parley/audio/testing'
import { describe, expect, it } from 'vitest'
import { dialectLaws } from '../../testing/dialect-laws.ts'
import { clientWireEvents, serverWireEvents } from '../../testing/sample-events.ts'
import { openaiGa } from './index.ts'

describeLaws('OpenAI GA', dialectLaws, () => ({
  dialect: openaiGa,
  clientEvents: clientWireEvents,
  serverEvents: serverWireEvents,
}))

describe('a frame of OpenAI GA', () => {
  it.each(clientWireEvents.map((event) => [String(event['type']), event]))(
    'of type %s is written as it was read',
    (_, event) => {
      const text = JSON.stringify(event)
      expect(
        openaiGa
          .acceptor()
          .decode(text)
          .flatMap((decoded) => openaiGa.connector().encode(decoded)),
      ).toEqual([text])
    },
  )

  it.each(serverWireEvents.map((event) => [String(event['type']), event]))(
    'of type %s is written as it was read',
    (_, event) => {
      const text = JSON.stringify(event)
      expect(
        openaiGa
          .connector()
          .decode(text)
          .flatMap((decoded) => openaiGa.acceptor().encode(decoded)),
      ).toEqual([text])
    },
  )

  it('of a type that only the other side sends is an extension', () => {
    expect(openaiGa.acceptor().decode('{"type":"response.done"}')).toMatchObject([{ type: 'extension' }])
  })

  it('that switches turn detection off as Azure does says null', () => {
    const session = { type: 'realtime', audio: { input: { turn_detection: { type: 'none' } } } }
    expect(openaiGa.acceptor().decode(JSON.stringify({ type: 'session.update', session }))).toEqual([
      { type: 'session.update', session: { type: 'realtime', audio: { input: { turn_detection: null } } } },
    ])
  })

  it('of a response says a custom voice by its id, because official clients expect a string', () => {
    const [frame] = openaiGa.acceptor().encode({
      type: 'response.created',
      event_id: 'e',
      response: { id: 'r', audio: { output: { voice: { id: 'voice_1' } } } },
    })
    expect(JSON.parse(String(frame))).toMatchObject({
      response: { id: 'r', audio: { output: { voice: 'voice_1' } } },
    })
  })
})
