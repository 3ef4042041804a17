import { textOf } from './json.ts'
import { simulatedMcpTool } from './script.ts'
import type { Talk } from './talk.ts'
import type { WireObject } from './wire.ts'

/** Imports the tools of every MCP server among `tools`: each has one simulated tool. */
export function listTools(talk: Talk, tools: readonly WireObject[]): void {
  for (const tool of tools.filter(({ type }) => type === 'mcp')) {
    const id = talk.newId('mcpl')
    const item = {
      id,
      object: 'realtime.item',
      type: 'mcp_list_tools',
      status: 'completed',
      server_label: textOf(tool['server_label']),
      tools: [
        {
          name: simulatedMcpTool,
          description: 'Finds pages.',
          input_schema: { type: 'object', properties: { q: { type: 'string' } } },
        },
      ],
    }
    talk.emit({ type: 'mcp_list_tools.in_progress', item_id: id })
    talk.later(talk.manner.deltaIntervalMs, () => {
      const held = { id, shown: item, text: '', soundMs: 0, open: false }
      const previous = talk.conversation.insert(held)
      talk.emit({ type: 'conversation.item.added', previous_item_id: previous, item })
      talk.emit({ type: 'conversation.item.done', previous_item_id: previous, item })
      talk.emit({ type: 'mcp_list_tools.completed', item_id: id })
    })
  }
}
