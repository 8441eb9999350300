export { providerEntriesQuery } from './api/provider-entries';
export { CreateEntryDialog } from './components/create-entry-dialog';
export { EntryTable } from './components/entry-table';
