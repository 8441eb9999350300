export { FaultBoard } from './components/fault-board';
