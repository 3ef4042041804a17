import type { Command } from 'commander'

/** Adds `parley conformance <url>`: the checks of a server that speaks OpenAI Realtime or Voice Live. */
export function registerConformance(program: Command): void {
  program
    .command('conformance')
    .argument('<url>', 'WebSocket address of the server, such as wss://host/v1/realtime')
    .description('Check a realtime server against the documents and print a score card')
}
