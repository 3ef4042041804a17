import { describe, expect, it } from 'vitest'
import { blockText, inPlaceOfEarlier } from '../../../../context/context-block.ts'
import type { Item } from '../../../../events/items.ts'
import { embeddedAnswerer } from './embedded-answerer.ts'
import { notesIn } from './notes.ts'

const block =
  blockText({
    person: [
      { id: '1', text: 'My name is Grace.' },
      { id: '2', text: 'Ich wohne in Ulm.' },
      { id: '3', text: 'My favourite colour is dark green.' },
    ],
    pinned: [{ id: '4', text: 'The parcel for the neighbours stands in the garage.' }],
    summary: 'They planned a trip to Lisbon in October. The budget is 900 euros.',
    extracts: ['User: I want to see the aquarium in the harbour.', 'Assistant: I have booked two seats.'],
    transcript: [],
  }) ?? ''

/** What the answerer says to a first question of a new session that was told the notes. */
async function answer(question: string, way: 'item' | 'instructions'): Promise<string> {
  const items: readonly Item[] = [
    ...(way === 'item'
      ? [
          {
            type: 'message' as const,
            role: 'system' as const,
            content: [{ type: 'input_text' as const, text: block }],
          },
        ]
      : []),
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: question }] },
  ]
  const parts = embeddedAnswerer().respond({
    instructions: way === 'instructions' ? `You are Ada.\n\n${block}` : 'You are Ada.',
    items,
    tools: [],
    toolChoice: 'auto',
    model: undefined,
    language: undefined,
    maxOutputTokens: undefined,
    signal: new AbortController().signal,
  })
  let text = ''
  for await (const part of parts) if (part.type === 'text') text += part.text
  return text
}

describe.each(['item', 'instructions'] as const)('notes of earlier talk, as %s', (way) => {
  it.each([
    ['What is my name?', 'Your name is Grace.'],
    ['Wie heiße ich?', 'Du heißt Grace.'],
    ['Where do I live?', 'You live in Ulm.'],
    ['Wo wohne ich?', 'Du wohnst in Ulm.'],
    ["What's my favourite colour?", 'Your favourite colour is dark green.'],
    [
      'Where is the parcel for the neighbours?',
      'I have noted: The parcel for the neighbours stands in the garage.',
    ],
    ['What is the budget?', 'I have noted: The budget is 900 euros.'],
    ['Which trip did we plan to Lisbon?', 'I have noted: They planned a trip to Lisbon in October.'],
  ])('answer %j', async (question, expected) => {
    expect(await answer(question, way)).toBe(expected)
  })

  it.each([
    'What is Parley?',
    'What does voice activity detection do?',
    'What is the capital of Peru?',
    'Who are you?',
  ])('do not answer %j', async (question) => {
    expect(await answer(question, way)).not.toMatch(/noted|Lisbon|parcel/)
  })
})

it('notes that take the place of earlier ones are the only ones that count', () => {
  const item = (text: string): Item => ({
    type: 'message',
    role: 'system',
    content: [{ type: 'input_text', text }],
  })
  const facts = { person: [], pinned: [{ id: '1', text: 'The gate is blue.' }] }
  const later = blockText({ ...facts, summary: undefined, extracts: [], transcript: [] })
  expect(notesIn([item(block), item(inPlaceOfEarlier(later))], '')).toEqual({
    known: ['The gate is blue.'],
    said: [],
  })
  expect(notesIn([item(block), item(inPlaceOfEarlier(undefined))], '')).toEqual({ known: [], said: [] })
})
