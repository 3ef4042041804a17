#!/usr/bin/env node
import { Command } from 'commander'

const program = new Command('parley').description(
  'One endpoint for every realtime voice backend, and it remembers.',
)
await program.parseAsync()
