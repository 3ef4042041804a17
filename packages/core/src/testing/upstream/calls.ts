import { openItem, type ItemEnd, type Place } from './output-item.ts'
import type { Plan } from './script.ts'
import type { Talk } from './talk.ts'
import type { WireObject } from './wire.ts'

/** What a call may do with the answer it belongs to. */
export interface Answer {
  isOver(): boolean
  readonly output: WireObject[]
  /** What ends the open item when the answer is cancelled. */
  setOpen(close: ((end: ItemEnd) => WireObject) | undefined): void
}

/** One function call after another, its arguments in two deltas. */
export async function callTools(
  talk: Talk,
  names: readonly string[],
  place: () => Place,
  answer: Answer,
): Promise<void> {
  for (const name of names) {
    const here = place()
    const callId = talk.newId('call')
    const args = JSON.stringify({ q: name })
    const call = { id: talk.newId('item'), type: 'function_call', name, call_id: callId, arguments: '' }
    const item = openItem(talk, here, call)
    answer.setOpen((end) => item.close({ status: end, arguments: '' }))
    const at = {
      response_id: here.responseId,
      item_id: item.held.id,
      output_index: here.outputIndex,
      call_id: callId,
    }
    const half = Math.ceil(args.length / 2)
    for (const delta of [args.slice(0, half), args.slice(half)]) {
      await talk.pause(talk.manner.deltaIntervalMs)
      if (answer.isOver()) return
      talk.emit({ type: 'response.function_call_arguments.delta', ...at, delta })
    }
    talk.emit({ type: 'response.function_call_arguments.done', ...at, name, arguments: args })
    answer.setOpen(undefined)
    answer.output.push(item.close({ status: 'completed', arguments: args }))
  }
}

/** A call of a simulated MCP server: after approval where the tool asks for it. */
export async function callMcp(
  talk: Talk,
  { server, name, approval }: Extract<Plan, { kind: 'mcp' }>,
  place: () => Place,
  answer: Answer,
): Promise<void> {
  const args = JSON.stringify({ q: name })
  const tool = talk.settings().tools.find(({ server_label: label }) => label === server)
  if (approval === undefined && tool?.['require_approval'] !== 'never') {
    const request = {
      id: talk.newId('mcpr'),
      type: 'mcp_approval_request',
      server_label: server,
      name,
      arguments: args,
    }
    answer.output.push(openItem(talk, place(), request).close({ status: 'completed' }))
    return
  }
  const here = place()
  const call = { id: talk.newId('mcp'), type: 'mcp_call', server_label: server, name, arguments: '' }
  const approved = approval === undefined ? {} : { approval_request_id: approval }
  const item = openItem(talk, here, { ...call, ...approved })
  const at = { item_id: item.held.id, output_index: here.outputIndex }
  answer.setOpen(() => item.close({ status: 'incomplete' }))
  await talk.pause(talk.manner.deltaIntervalMs)
  if (answer.isOver()) return
  const withResponse = { response_id: here.responseId, ...at }
  talk.emit({ type: 'response.mcp_call_arguments.delta', ...withResponse, delta: args, obfuscation: 'x' })
  talk.emit({ type: 'response.mcp_call_arguments.done', ...withResponse, arguments: args })
  talk.emit({ type: 'response.mcp_call.in_progress', ...at })
  await talk.pause(talk.manner.deltaIntervalMs)
  if (answer.isOver()) return
  talk.emit({ type: 'response.mcp_call.completed', ...at })
  answer.setOpen(undefined)
  const output = `found ${name}`
  answer.output.push(item.close({ status: 'completed', arguments: args, output, error: null }))
}
