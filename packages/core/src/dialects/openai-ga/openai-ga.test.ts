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
})
