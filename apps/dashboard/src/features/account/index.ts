export { Account } from './components/account';
