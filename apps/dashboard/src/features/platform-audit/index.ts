export { PlatformAudit } from './components/platform-audit';
