import { z } from 'zod'

/** A function the model may call; `parameters` is a JSON Schema. */
export const FunctionToolConfig = z.looseObject({
  type: z.literal('function'),
  name: z.string().min(1, 'Expected a name.'),
  description: z.string().nullish(),
  parameters: z.unknown().optional(),
})
export type FunctionToolConfig = z.infer<typeof FunctionToolConfig>

const McpToolFilter = z.looseObject({
  read_only: z.boolean().optional(),
  tool_names: z.array(z.string()).optional(),
})

/** A remote MCP server whose tools the model may call. */
export const McpToolConfig = z.looseObject({
  type: z.literal('mcp'),
  server_label: z.string(),
  server_url: z.string().optional(),
  connector_id: z.string().optional(),
  tunnel_id: z.string().optional(),
  server_description: z.string().optional(),
  authorization: z.string().optional(),
  headers: z.record(z.string(), z.string()).nullish(),
  allowed_callers: z.array(z.enum(['direct', 'programmatic'])).nullish(),
  allowed_tools: z.union([z.array(z.string()), McpToolFilter], 'Expected tool names or a filter.').nullish(),
  require_approval: z
    .union(
      [
        z.enum(['always', 'never']),
        z.looseObject({ always: McpToolFilter.optional(), never: McpToolFilter.optional() }),
      ],
      "Expected 'always', 'never' or a filter.",
    )
    .nullish(),
  defer_loading: z.boolean().optional(),
})
export type McpToolConfig = z.infer<typeof McpToolConfig>

/** Something the model may call. */
export const Tool = z.discriminatedUnion('type', [FunctionToolConfig, McpToolConfig])
export type Tool = z.infer<typeof Tool>

/** Whether the model must call something, and what. */
export const ToolChoice = z.union(
  [
    z.enum(['auto', 'none', 'required']),
    z.looseObject({ type: z.literal('function'), name: z.string() }),
    z.looseObject({ type: z.literal('mcp'), server_label: z.string(), name: z.string().nullish() }),
  ],
  "Expected 'auto', 'none', 'required', or an object that names a function or an MCP server.",
)
export type ToolChoice = z.infer<typeof ToolChoice>
