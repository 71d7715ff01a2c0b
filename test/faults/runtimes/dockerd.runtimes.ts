import { runtimeSuite } from './help/suite.ts';
import { faultsOf } from './list/faults.ts';

runtimeSuite('dockerd', faultsOf('dockerd'));
