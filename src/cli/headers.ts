import { Option, type Command } from '@commander-js/extra-typings'
import { recipe, servers } from '../host/recipes.ts'
import { origins } from './input.ts'

const EXAMPLE = `
Example:
  kycvs headers --for nginx --connect https://kycvs.example > gate.conf
`

/** `kycvs headers`: what a server of static files must be told to serve a gate. */
export function addHeaders(program: Command): void {
  program
    .command('headers')
    .description('print the headers of a gate, for the configuration of a server')
    .addOption(new Option('--for <server>', 'which server').choices(servers).makeOptionMandatory())
    .option(
      '--connect <origin...>',
      'origins of trust list and status lists, where they are not the gate’s own',
      origins,
    )
    .addHelpText('after', EXAMPLE)
    .action(({ for: server, connect = [] }) => {
      process.stdout.write(recipe(server, connect))
    })
}
