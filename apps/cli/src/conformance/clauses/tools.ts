import type { Clause } from '../clause.ts'
import { NotTried, check } from '../outcome.ts'
import {
  answerTo,
  checkOrder,
  isCall,
  spokenOrWritten,
  step,
  timeTool,
  toolCall,
  weatherTool,
} from '../exchanges.ts'
import { at, hasText, isRecord, listAt, textAt, typesOf } from '../reader.ts'
import { refusal } from '../refusal.ts'
import { sources } from '../sources.ts'

const delta = 'response.function_call_arguments.delta'
const whole = 'response.function_call_arguments.done'

/** What has to hold of function tools. */
export const toolClauses: readonly Clause[] = [
  {
    id: 'tools.order',
    level: 'must',
    title: 'A call has its events in the documented order',
    source: sources.conversations,
    needs: ['tools'],
    async run(bench) {
      const { events } = (await toolCall(bench)).call
      const added = { name: 'response.output_item.added of a function_call', fits: itemOf('added') }
      const done = { name: 'response.output_item.done of a function_call', fits: itemOf('done') }
      const steps = [step('response.created'), added, step(delta), step(whole), done, step('response.done')]
      checkOrder(events, steps, typesOf(events))
    },
  },
  {
    id: 'tools.arguments',
    level: 'must',
    title: 'The argument deltas make up the arguments of done and of the item, a JSON object',
    source: sources.serverEvents,
    needs: ['tools'],
    async run(bench) {
      const { events, done } = (await toolCall(bench)).call
      const end = events.find(({ type }) => type === whole)
      const mine = events.filter((event) => event.type === delta && event['item_id'] === at(end, 'item_id'))
      const text = mine.map((event) => textAt(event, 'delta') ?? '').join('')
      check(text === at(end, 'arguments'), `arguments ${text}`, end ?? typesOf(events))
      check(isObject(text), 'a JSON object as arguments', text)
      const call = listAt(done, 'response.output').find(isCall)
      check(at(call, 'arguments') === text, `arguments ${text} in response.done`, call ?? done)
    },
  },
  {
    id: 'tools.ids',
    level: 'must',
    title: 'The events of a call name the function, one call_id, one item',
    source: sources.serverEvents,
    needs: ['tools'],
    async run(bench) {
      const { call, callId } = await toolCall(bench)
      const added = call.events.find(itemOf('added'))
      const end = call.events.find(({ type }) => type === whole)
      const item = listAt(call.done, 'response.output').find(isCall)
      check(at(item, 'name') === 'get_weather', 'name "get_weather"', item ?? call.done)
      check(at(item, 'call_id') === callId, `call_id "${callId}" in response.done`, item)
      check(at(end, 'call_id') === callId, `call_id "${callId}" in ${whole}`, end)
      check(hasText(added, 'item.id') && at(end, 'item_id') === at(added, 'item.id'), 'one item_id', end)
    },
  },
  {
    id: 'tools.done-name',
    level: 'should',
    title: `${whole} carries the name of the function`,
    source: sources.serverEvents,
    dialects: ['openai-ga', 'voice-live'],
    needs: ['tools'],
    async run(bench) {
      const { events } = (await toolCall(bench)).call
      const end = events.find(({ type }) => type === whole)
      check(at(end, 'name') === 'get_weather', 'name "get_weather"', end ?? typesOf(events))
    },
  },
  {
    id: 'tools.client-speaks-next',
    level: 'must',
    title: 'After a call the server waits: no response until the client asks for one',
    source: sources.conversations,
    needs: ['tools'],
    async run(bench) {
      const { unasked, afterOutput } = await toolCall(bench)
      const response = [...unasked, ...afterOutput].find(({ type }) => type === 'response.created')
      check(response === undefined, 'no response.created', response)
    },
  },
  {
    id: 'tools.output',
    level: 'must',
    title: 'The output of a call is announced as an item of the conversation',
    source: sources.conversations,
    needs: ['tools'],
    async run(bench) {
      const { afterOutput, callId } = await toolCall(bench)
      const added = afterOutput.find(({ type }) => type === bench.wire.itemAdded)
      check(
        at(added, 'item.type') === 'function_call_output',
        'a function_call_output',
        added ?? typesOf(afterOutput),
      )
      check(at(added, 'item.call_id') === callId, `call_id "${callId}"`, added)
    },
  },
  {
    id: 'tools.answer',
    level: 'must',
    title: 'After the output the model answers in words',
    source: sources.conversations,
    needs: ['tools'],
    async run(bench) {
      const { done } = (await toolCall(bench)).answer
      check(at(done, 'response.status') === 'completed', 'status "completed"', at(done, 'response'))
      check(listAt(done, 'response.output').some(spokenOrWritten), 'a message', at(done, 'response.output'))
    },
  },
  {
    id: 'tools.none',
    level: 'must',
    title: 'With tool_choice "none" no function is called',
    source: sources.clientEvents,
    needs: ['tools'],
    async run(bench) {
      const client = await bench.session({ tools: [weatherTool], toolChoice: 'none' })
      const { done, events } = await answerTo(bench, client, 'How is the weather in Paris?')
      const call = events.find(({ type }) => type === whole)
      check(
        call === undefined && !listAt(done, 'response.output').some(isCall),
        'no function_call',
        call ?? done,
      )
    },
  },
  {
    id: 'tools.parallel',
    level: 'must',
    title: 'Calls of one response have an output_index and a call_id each',
    source: sources.conversations,
    needs: ['tools'],
    async run(bench) {
      const client = await bench.session({ tools: [weatherTool, timeTool], toolChoice: 'required' })
      const question = 'Call both tools for Paris now: I want the weather and the time.'
      const { done, events } = await answerTo(bench, client, question)
      const calls = events.filter(itemOf('done'))
      if (calls.length < 2) throw new NotTried('the model made one call at a time')
      for (const path of ['output_index', 'item.id', 'item.call_id']) {
        const values = calls.map((call) => at(call, path))
        check(new Set(values).size === calls.length, `${path} different for each call`, values)
      }
      const output = listAt(done, 'response.output').filter(isCall)
      check(output.length === calls.length, `${calls.length} calls in response.done`, output)
      const texts = output.map((call) => textAt(call, 'arguments') ?? '')
      check(texts.every(isObject), 'a JSON object as arguments of each', texts)
    },
  },
  {
    id: 'tools.output-unknown',
    level: 'should',
    title: 'An output for a call that was not made is refused',
    source: sources.clientEvents,
    needs: ['tools'],
    async run(bench) {
      const client = await bench.session({ tools: [weatherTool] })
      const item = { type: 'function_call_output', call_id: 'call_nowhere', output: '{}' }
      await refusal(bench, client, { type: 'conversation.item.create', item })
    },
  },
]

function itemOf(end: 'added' | 'done'): (event: { readonly type: string }) => boolean {
  return (event) => event.type === `response.output_item.${end}` && isCall(at(event, 'item'))
}

function isObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text))
  } catch {
    return false
  }
}
