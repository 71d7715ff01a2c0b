/** Of every document that `-o json` and `-o yaml` print. */
export const API_VERSION = 'kubectl-imagepull/v1alpha1';
