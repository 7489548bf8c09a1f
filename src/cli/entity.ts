import { InvalidArgumentError, type Command } from '@commander-js/extra-typings'
import { isEntityId, isEntityName, originOf } from '../issuer/service/entity.ts'
import { fail } from './input.ts'
import { databaseOption, dirOption, withDatabase } from './service.ts'

const EXAMPLE = `
The API key is printed once, and only a hash of it is kept. It is for the entity's servers; its pages go by their origins.

Example:
  kycvs entity add --id rail-booking --name "Rail Booking" --origin https://rail.example https://m.rail.example
  kycvs entity list
  kycvs entity remove rail-booking
`

/** `kycvs entity`: who may ask for answers of their own. */
export function addEntities(program: Command): void {
  const entity = program.command('entity').description('verifying entities: who may ask').addHelpText('after', EXAMPLE)
  entity
    .command('add')
    .description('register an entity, and print its API key')
    .requiredOption('--id <id>', 'small letters, digits and hyphens: the `aud` of its tokens', entityId)
    .requiredOption('--name <name>', 'as people read it', entityName)
    .option('--origin <url...>', 'the origins of its pages', originsOf)
    .addOption(dirOption())
    .addOption(databaseOption())
    .addHelpText('after', EXAMPLE)
    .action(async ({ id, name, origin: origins = [], ...home }, command) => {
      const { addEntity } = await import('../issuer/service/entities.ts')
      const apiKey = await withDatabase(command, home, ({ sql }) => addEntity(sql, { id, name, origins }))
      if (apiKey === undefined) fail(command, `${id} is registered already. Remove it first: kycvs entity remove ${id}`)
      process.stdout.write(`${apiKey}\n`)
    })
  entity
    .command('list')
    .description('print the entities, one JSON a line')
    .addOption(dirOption())
    .addOption(databaseOption())
    .action(async (home, command) => {
      const { listEntities } = await import('../issuer/service/entities.ts')
      const found = await withDatabase(command, home, ({ sql }) => listEntities(sql))
      for (const one of found) process.stdout.write(`${JSON.stringify(one)}\n`)
    })
  entity
    .command('remove')
    .description('remove an entity; tokens that were made for it stay valid')
    .argument('<id>')
    .addOption(dirOption())
    .addOption(databaseOption())
    .action(async (id, home, command) => {
      const { removeEntity } = await import('../issuer/service/entities.ts')
      const removed = await withDatabase(command, home, ({ sql }) => removeEntity(sql, id))
      if (!removed) fail(command, `No entity ${id} is registered. See: kycvs entity list`)
      process.stdout.write(`${id} removed\n`)
    })
}

function entityId(text: string): string {
  if (!isEntityId(text)) throw new InvalidArgumentError('It must be small letters, digits and hyphens, at most 63.')
  return text
}

function entityName(text: string): string {
  if (!isEntityName(text)) throw new InvalidArgumentError('It must be one line, at most 100 characters.')
  return text
}

function originsOf(text: string, before: readonly string[] | undefined): readonly string[] {
  const origin = originOf(text)
  if (origin === undefined) throw new InvalidArgumentError('It must be an https: URL (http://localhost… in the demo).')
  return [...(before ?? []), origin]
}
