import { z } from 'zod'
import { FunctionToolConfig, McpToolConfig } from '../../events/tools.ts'

const approvalExpected = "Expected 'always', 'never' or lists of tool names."
const ToolNames = z.union([z.array(z.string()), z.looseObject({ tool_names: z.array(z.string()) })])

/** An agent of Azure AI Foundry as a tool. */
const FoundryAgentTool = z.looseObject({
  type: z.literal('foundry_agent'),
  agent_name: z.string(),
  agent_version: z.string().nullish(),
  project_name: z.string(),
  client_id: z.string().nullish(),
  description: z.string().nullish(),
  foundry_resource_override: z.string().nullish(),
  agent_context_type: z.enum(['no_context', 'agent_context']).optional(),
  return_agent_response_directly: z.boolean().optional(),
})

/** Something the model may call; approvals name their tools in a plain list. */
export const VoiceLiveTool = z.discriminatedUnion('type', [
  FunctionToolConfig,
  McpToolConfig.extend({
    require_approval: z
      .union(
        [
          z.enum(['always', 'never']),
          z.looseObject({ always: ToolNames.optional(), never: ToolNames.optional() }),
        ],
        approvalExpected,
      )
      .nullish(),
  }),
  FoundryAgentTool,
])
