import { describe, expect, it } from 'vitest'
import type { Item } from '../../../../events/items.ts'
import type { FunctionTool, LanguageModelPart, LanguageModelRequest } from '../../stages.ts'
import { embeddedAnswerer } from './embedded-answerer.ts'

const answerer = embeddedAnswerer({
  now: () => new Date('2026-03-05T08:07:00Z'),
  timeZone: 'Europe/Berlin',
  createCallId: () => 'call_1',
})

function request(
  items: readonly Item[],
  overrides: Partial<LanguageModelRequest> = {},
): LanguageModelRequest {
  return {
    instructions: '',
    items,
    tools: [],
    toolChoice: 'auto',
    model: undefined,
    language: undefined,
    maxOutputTokens: undefined,
    signal: new AbortController().signal,
    ...overrides,
  }
}

const user = (text: string): Item => ({
  type: 'message',
  role: 'user',
  content: [{ type: 'input_audio', transcript: text }],
})
const assistant = (text: string): Item => ({
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_audio', transcript: text }],
})

async function parts(
  items: readonly Item[],
  overrides?: Partial<LanguageModelRequest>,
): Promise<LanguageModelPart[]> {
  return Array.fromAsync(answerer.respond(request(items, overrides)))
}

async function answer(items: readonly Item[], overrides?: Partial<LanguageModelRequest>): Promise<string> {
  return (await parts(items, overrides)).flatMap((part) => (part.type === 'text' ? part.text : [])).join('')
}

/** Says the lines one after the other and gives the last answer. */
async function talk(...lines: string[]): Promise<string> {
  const items: Item[] = []
  let last = ''
  for (const line of lines) {
    items.push(user(line))
    last = await answer(items)
    items.push(assistant(last))
  }
  return last
}

describe('what was stated before', () => {
  it.each([
    [['My bike is red.', 'What colour is my bike?'], 'Your bike is red.'],
    [
      ['My train leaves at nine fifteen.', 'What time does my train leave?'],
      'You said: My train leaves at nine fifteen.',
    ],
    [
      ['The meeting is on Monday', 'What is Parley?', 'The meeting is on Friday', 'When is the meeting?'],
      'You said: The meeting is on Friday',
    ],
    [['Mein Fahrrad ist rot.', 'Welche Farbe hat mein Fahrrad?'], 'Du hast gesagt: fahrrad ist rot.'],
    [['Der Zug fährt um neun.', 'Wann fährt der Zug?'], 'Du hast gesagt: Der Zug fährt um neun.'],
  ])('is found again: %j', async (lines, expected) => {
    expect((await talk(...lines)).toLowerCase()).toBe(expected.toLowerCase())
  })

  it.each(['What is the capital of Peru?', 'What is Parley?', 'The bike is new.'])(
    'is not the answer to %j',
    async (line) => {
      expect(await talk('My bike is red.', 'The meeting is on Monday.', line)).not.toMatch(/You said/)
    },
  )
})

describe('embeddedAnswerer', () => {
  it('answers word by word and ends once', async () => {
    const all = await parts([user('what is parley')])
    expect(all.length).toBeGreaterThan(10)
    expect(all.at(-1)).toEqual({ type: 'end', reason: 'completed', usage: undefined })
    expect(all.filter(({ type }) => type === 'end')).toHaveLength(1)
  })

  it('stops at the limit and says so', async () => {
    const all = await parts([user('what is parley')], { maxOutputTokens: 3 })
    expect(all.map((part) => (part.type === 'text' ? part.text : part.type))).toEqual([
      'Parley ',
      'is ',
      'one ',
      'end',
    ])
    expect(all.at(-1)).toMatchObject({ reason: 'max_output_tokens' })
  })

  it('throws the reason of an abort between words', async () => {
    const abort = new AbortController()
    const iterator = answerer
      .respond(request([user('what is parley')], { signal: abort.signal }))
      [Symbol.asyncIterator]()
    await iterator.next()
    abort.abort(new Error('barge-in'))
    await expect(iterator.next()).rejects.toThrow('barge-in')
  })

  it('answers in the language of the last words, or the one asked for', async () => {
    expect(await talk('what is parley', 'was ist parley')).toMatch(/^Parley ist ein Zugang/)
    expect(await answer([user('was ist parley')], { language: 'en-US' })).toMatch(/^Parley is one endpoint/)
    expect(await answer([user('parley')], { language: 'de' })).toMatch(/^Parley ist/)
  })

  it('greets when nobody has spoken, and says a text the instructions give', async () => {
    expect(await answer([])).toMatch(/^Hello, I am the embedded answerer/)
    expect(await answer([], { instructions: 'Du bist Ada. Sprich Deutsch mit dem Kunden.' })).toMatch(
      /^Hallo, ich bin Ada/,
    )
    expect(await answer([], { instructions: 'Say exactly: "Welcome to the museum."' })).toBe(
      'Welcome to the museum.',
    )
  })

  it.each([
    ['Hello!', /^Hello/],
    ['Guten Morgen', /^Hallo/],
    ['thank you very much', /welcome/],
    ['Tschüss', /Auf Wiederhören/],
    ['who are you', /not a language model/],
    ['Wer bist du?', /kein Sprachmodell/],
    ['What can you do?', /count/],
    ['can you hear me', /I hear you/],
    ['What is the capital of France?', /do not know.*README/],
    ['Was ist die Hauptstadt von Frankreich?', /weiß ich nicht.*README/],
    ['What time is it?', /^It is 9:07 AM\.$/],
    ['Wie spät ist es?', /^Es ist 9:07 Uhr\.$/],
    ["What's the date today?", /^Today is Thursday, March 5, 2026\.$/],
    ['Welcher Tag ist heute?', /^Heute ist Donnerstag, 5\. März 2026\.$/],
    ['Count to five.', /^1, 2, 3, 4, 5\.$/],
    ['count from three to nine', /^3, 4, 5, 6, 7, 8, 9\.$/],
    ['count down from three', /^3, 2, 1\.$/],
    ['please count to twenty', /, 19, 20\.$/],
    ['Zähle bis fünf', /^1, 2, 3, 4, 5\.$/],
    ['zähl von zehn bis zwölf', /^10, 11, 12\.$/],
    ['count to one thousand', /200|1000/],
    ['What is 3 plus 4 times 2?', /^That makes 11\.$/],
    ['what is twenty one divided by two', /^That makes 10\.5\.$/],
    ['Wie viel ist einundzwanzig mal zwei?', /^Das macht 42\.$/],
    ['was ist 1 durch 0', /nicht teilen/],
    ['Repeat after me: The quick brown Fox!', /^The quick brown Fox!$/],
    ['Sprich mir nach: Guten Abend', /^Guten Abend\.$/],
    ['say hello world', /^hello world\.$/],
    ['say that again', /not said anything/],
    ['what is my name', /not told me/],
  ])('answers %j', async (line, expected) => {
    expect(await talk(line)).toMatch(expected)
  })

  it.each([
    [['My name is Ada.', 'what is my name'], /^Your name is Ada\.$/],
    [['hi i am called bob and my favourite color is dark green', 'what is my name'], /Bob/],
    [
      ['hi i am called bob and my favourite color is dark green', "what's my favorite colour"],
      /color is dark green/,
    ],
    [['Ich heiße Jürgen Müller.', 'Wie heiße ich?'], /Jürgen Müller/],
    [['Meine Lieblingsfarbe ist Grün.', 'Was ist meine Lieblingsfarbe?'], /Grün/],
    [['My dog is called Rex.', 'What is my cat called?'], /not told me/],
    [['I live in Ulm.', 'where do I live'], /^You live in Ulm\.$/],
    [['remember that the meeting is at nine', 'what do you know about me'], /the meeting is at nine/],
    [['Merk dir, dass die Sitzung um neun beginnt.', 'was weißt du über mich'], /Sitzung um neun/],
    [['I bought three apples', 'what is parley', 'what did I tell you about apples'], /three apples/],
    [['Tell me about web sockets.', 'what did i just ask'], /^You said: Tell me about web sockets\.$/],
    [['Erzähl von Gemini.', 'Was habe ich gerade gefragt?'], /^Du hast gesagt: Erzähl von Gemini\.$/],
    [['hello', 'what is parley', 'what was my first question'], /hello/],
    [['hello', 'what is parley', 'how many questions have I asked'], /3 times/],
    [['what is parley', 'say that again please'], /^Parley is one endpoint/],
    [['what is parley', 'tell me more'], /^Voice services differ/],
  ])('uses the conversation: %j', async (lines, expected) => {
    expect(await talk(...lines)).toMatch(expected)
  })

  it('tells enough to be interrupted when everything is asked for', async () => {
    expect((await talk('tell me everything about voice live')).length).toBeGreaterThan(500)
    expect((await talk('erzähl mir alles über das lokale backend')).length).toBeGreaterThan(400)
  })
})

describe('tools of the embedded answerer', () => {
  const weather: FunctionTool = {
    name: 'get_weather',
    description: 'Gets the current weather of a city.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
      required: ['city'],
    },
  }
  const lights: FunctionTool = {
    name: 'setLightLevel',
    description: 'Sets the light level of a room.',
    parameters: {
      type: 'object',
      properties: { room: { enum: ['kitchen', 'living_room'] }, level: { type: 'integer' } },
      required: ['room', 'level'],
    },
  }
  const endCall: FunctionTool = { name: 'end_call', description: 'Hangs up.', parameters: undefined }
  const tools = [weather, lights, endCall]

  async function called(line: string, overrides: Partial<LanguageModelRequest> = {}): Promise<unknown> {
    const call = (await parts([user(line)], { tools, ...overrides })).find(({ type }) => type === 'tool_call')
    return call?.type === 'tool_call' ? [call.callId, call.name, JSON.parse(call.arguments)] : undefined
  }

  it('calls a tool that is clearly meant, with arguments from the words', async () => {
    expect(await called("What's the weather in New York today?")).toEqual([
      'call_1',
      'get_weather',
      { city: 'New York' },
    ])
    expect(await called('weather in Paris in celsius please')).toEqual([
      'call_1',
      'get_weather',
      { city: 'Paris', unit: 'celsius' },
    ])
    expect(await called('set the light level in the living room to twenty five')).toEqual([
      'call_1',
      'setLightLevel',
      { room: 'living_room', level: 25 },
    ])
    expect(await called('please end the call')).toEqual(['call_1', 'end_call', {}])
  })

  it('does not call when the tool is not clearly meant, or an argument is missing, or none may be called', async () => {
    expect(await called('how many calls have I made')).toBeUndefined()
    expect(await called('set the light level in the kitchen')).toBeUndefined()
    expect(await called('what is parley')).toBeUndefined()
    expect(await called('weather in Paris', { toolChoice: 'none' })).toBeUndefined()
  })

  it('calls the tool it is told to, or the closest one when a call is required', async () => {
    expect(await called('hello', { toolChoice: { name: 'get_weather' } })).toEqual([
      'call_1',
      'get_weather',
      { city: 'hello' },
    ])
    expect(await called('light in the kitchen', { toolChoice: 'required' })).toEqual([
      'call_1',
      'setLightLevel',
      { room: 'kitchen', level: 0 },
    ])
  })

  const result = (output: string): Item[] => [
    user('weather in Paris'),
    { type: 'function_call', call_id: 'a', name: 'get_weather', arguments: '{}' },
    { type: 'function_call_output', call_id: 'a', output },
  ]

  it.each([
    [
      '{"temperature":21,"skyState":"clear","rain":false}',
      'Temperature is 21, sky state is clear, rain is no.',
    ],
    ['{"result":"It is sunny."}', 'It is sunny.'],
    ['sunny', 'Sunny.'],
    ['[1,2]', '1, 2.'],
    ['{"error":"city not found"}', 'The function failed: city not found.'],
    ['', 'It is done.'],
  ])('speaks the result %j', async (output, spoken) => {
    expect(await answer(result(output), { tools, toolChoice: 'required' })).toBe(spoken)
  })

  it('turns to the user again after a result', async () => {
    expect(await answer([...result('sunny'), user('what is parley')], { tools })).toMatch(/^Parley is/)
  })
})
