import { holds, same } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'

/** A PNG of one red pixel. */
const redPixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

/** What the conversation holds. */
export const itemScenarios: readonly Scenario[] = [
  {
    id: 'out-of-band',
    title: 'Out-of-band response',
    native: ({ outOfBandResponses }) => outOfBandResponses,
    async run({ dial, wire }) {
      using call = await dial()
      await call.say('Hello there')
      call.respond(wire.aside('An aside'))
      same('aside', (await call.answer()).text, 'You said: An aside.')
      const { text } = await call.say('what did I say')
      holds(`the conversation knows the aside: ${text}`, !text.includes('aside'))
    },
  },
  {
    id: 'truncate',
    title: 'Truncate',
    native: ({ truncation }) => truncation === 'native',
    async run({ dial }) {
      using call = await dial()
      const answer = await call.say('count to 20')
      call.send({
        type: 'conversation.item.truncate',
        item_id: answer.itemId,
        content_index: 0,
        audio_end_ms: 2_900,
      })
      const truncated = await call.until('conversation.item.truncated')
      holds('more was kept than was sent', Number(truncated['audio_end_ms']) <= 20 * 200)
      call.send({ type: 'conversation.item.retrieve', item_id: answer.itemId })
      const { item } = await call.until('conversation.item.retrieved')
      const transcript = transcriptOf(item)
      holds(
        `kept "${transcript}" of "${answer.text}"`,
        answer.text.startsWith(transcript.trimEnd()) && transcript.length < answer.text.length,
      )
    },
  },
  {
    id: 'item-delete',
    title: 'Item delete',
    native: ({ itemDeletion }) => itemDeletion === 'native',
    async run({ dial, capabilities }) {
      using call = await dial()
      const id = await call.addText('The secret is blue')
      call.respond()
      const answer = await call.answer()
      for (const itemId of [id, answer.itemId]) {
        call.send({ type: 'conversation.item.delete', item_id: itemId })
        await call.until('conversation.item.deleted')
      }
      call.send({ type: 'conversation.item.retrieve', item_id: id })
      same('retrieval', (await call.error()).code, 'item_retrieve_invalid_item_id')
      if (capabilities.itemDeletion === 'none')
        return 'The backend itself remembers it until the session ends.'
      const { text } = await call.say('what did I say')
      holds(`the backend still knows: ${text}`, !text.includes('secret'))
      return undefined
    },
  },
  {
    id: 'long-history',
    title: 'Long history',
    native: ({ historySeeding }) => historySeeding !== 'none',
    async run({ dial, wire }) {
      {
        using first = await dial()
        for (let turn = 1; turn <= 20; turn += 1) {
          await first.addText(`fact number ${turn}`)
          await first.add(wire.assistantText(`noted ${turn}`))
        }
      }
      using second = await dial()
      const { text } = await second.say('what did I say')
      holds(
        `the backend was told: ${text}`,
        text.includes('fact number 1 ') && text.includes('fact number 20'),
      )
    },
  },
  {
    id: 'images',
    title: 'Images',
    native: ({ inputModalities }) => inputModalities.includes('image'),
    async run({ dial, wire }) {
      const message = wire.imageMessage('look at this', redPixel)
      using call = await dial()
      await call.add(message)
      call.respond()
      same('answer', (await call.answer()).text, 'I see an image.')
    },
  },
]

function transcriptOf(item: unknown): string {
  const content = (item as { content?: readonly { transcript?: unknown }[] }).content ?? []
  return content.map(({ transcript }) => (typeof transcript === 'string' ? transcript : '')).join('')
}
