import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import type { ReferenceCommand } from '../src/reference/reference.ts'

const folder = join(import.meta.dirname, '../../cli/src')

/**
 * The command line as it registers itself, with nothing behind its commands. It is loaded by its address: its types
 * are those of Node alone, which a page's are not.
 */
export async function parleyProgram(): Promise<Command> {
  const program = new Command('parley')
  const entries = readdirSync(folder)
    .map((name) => join(folder, name, 'index.ts'))
    .filter((path) => existsSync(path))
  for (const entry of entries) {
    const loaded: unknown = await import(pathToFileURL(entry).href)
    const registers = typeof loaded === 'object' && loaded !== null ? Object.entries(loaded) : []
    for (const [name, register] of registers) {
      if (name.startsWith('register') && typeof register === 'function')
        Reflect.apply(register, undefined, [program])
    }
  }
  for (const command of [program, ...commandsBelow(program)]) {
    command.exitOverride().configureOutput({ writeErr: nothing, writeOut: nothing, outputError: nothing })
  }
  for (const command of commandsBelow(program)) command.action(nothing)
  return program
}

/** The commands as the reference shows them. */
export async function referenceCommands(): Promise<readonly ReferenceCommand[]> {
  return commandsBelow(await parleyProgram()).map((command) => ({
    name: nameOf(command),
    usage: `npx parley ${nameOf(command)} ${command.usage()}`.trim(),
    description: command.description(),
    arguments: command.registeredArguments.map((each) => ({
      name: each.name(),
      description: each.description,
    })),
    options: command.options
      .filter(({ hidden }) => !hidden)
      .map(({ flags, description, argChoices, defaultValue, defaultValueDescription }) => ({
        flags,
        description,
        choices: argChoices ?? [],
        usual: defaultValueDescription ?? plain(defaultValue),
      })),
  }))
}

function commandsBelow(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...commandsBelow(each)])
}

function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}

function plain(value: unknown): string {
  if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function nothing(): void {}
