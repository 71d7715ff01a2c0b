/**
 * Completion of `kubectl-imagepull` without kubectl, a script a shell. Each asks `kubectl-imagepull __complete WORDS`,
 * which answers as it answers kubectl: candidates a line each, a description behind a tab, then `:N` (`words/completion.ts`).
 */
import type { Shell } from '../words/completion.ts';

/** The script as it is to be sourced. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

const BASH = `# Completion of kubectl-imagepull in bash. In ~/.bashrc:
#   source <(kubectl-imagepull completion bash)
_kubectl_imagepull() {
  local words cword cur out line directive
  # bash takes "=" and ":" for the ends of words, we do not.
  local before=\${COMP_LINE:0:COMP_POINT}
  read -ra words <<<"$before"
  [[ $before == *[[:space:]] ]] && words+=('')
  cur=\${words[\${#words[@]}-1]}
  COMPREPLY=()
  out=$(kubectl-imagepull __complete "\${words[@]:1}" 2>/dev/null) || return 0
  directive=\${out##*:}
  out=\${out%:*}
  local value=$cur prefix=
  # Of --flag=value only the value is completed.
  if [[ $cur == -*=* ]]; then value=\${cur#*=}; fi
  # What stands before the last break of words stays where it is.
  if [[ $value == *:* && $COMP_WORDBREAKS == *:* ]]; then prefix=\${value%"\${value##*:}"}; fi
  while IFS= read -r line; do
    line=\${line%%$'\\t'*}
    [[ -n $line && $line == "$value"* ]] && COMPREPLY+=("\${line#"$prefix"}")
  done <<<"$out"
  (( directive & 2 )) && compopt -o nospace 2>/dev/null
  (( directive & 32 )) && compopt -o nosort 2>/dev/null
  if (( directive & 16 )); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -d -- "$value")
  elif (( ! (directive & 4) )); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$value")
  fi
  return 0
}
complete -F _kubectl_imagepull kubectl-imagepull
`;

const ZSH = `#compdef kubectl-imagepull
# Completion of kubectl-imagepull in zsh. In ~/.zshrc, after compinit:
#   source <(kubectl-imagepull completion zsh)
_kubectl_imagepull() {
  local out line text directive
  local -a lines texts shown how
  out=$(kubectl-imagepull __complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null) || return 1
  lines=("\${(@f)out}")
  directive=\${lines[-1]#:}
  lines[-1]=()
  for line in $lines; do
    text=\${line%%$'\\t'*}
    [[ -n $text ]] || continue
    texts+=("$text")
    if [[ $line == *$'\\t'* ]]; then shown+=("$text  -- \${line#*$'\\t'}"); else shown+=("$text"); fi
  done
  [[ $PREFIX == -*=* ]] && compset -P '*='
  if (( directive & 16 )); then
    _path_files -/
    return
  elif (( ! (directive & 4) )); then
    _files
    return
  fi
  (( $#texts )) || return 1
  (( directive & 2 )) && how+=(-S '')
  (( directive & 32 )) && how+=(-V names)
  compadd "\${how[@]}" -l -d shown -a texts
}
compdef _kubectl_imagepull kubectl-imagepull
`;

const FISH = `# Completion of kubectl-imagepull in fish. In ~/.config/fish/config.fish:
#   kubectl-imagepull completion fish | source
function __kubectl_imagepull
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l out (kubectl-imagepull __complete $words[2..-1] "$current" 2>/dev/null)
    or return
    set -l directive (string replace -r '^:' '' -- $out[-1])
    set -e out[-1]
    # Of --flag=value only the value is answered.
    set -l flag (string match -r -- '^-[^=]*=' "$current")
    set -l value (string replace -r -- '^-[^=]*=' '' "$current")
    for line in $out
        printf '%s\\n' "$flag$line"
    end
    if test $directive -eq 16
        __fish_complete_directories "$value" | string replace -r '^' -- "$flag"
    else if test $directive -eq 0
        __fish_complete_path "$value" | string replace -r '^' -- "$flag"
    end
end
complete -c kubectl-imagepull -f -k -a '(__kubectl_imagepull)'
`;

const POWERSHELL = `# Completion of kubectl-imagepull in PowerShell. In the file that $PROFILE names:
#   kubectl-imagepull completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'kubectl-imagepull' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    if ($wordToComplete -eq '') {
        # Before PowerShell 7.3 an empty argument has to be written so.
        if ($PSVersionTable.PSVersion -lt [version]'7.3') { $words += '""' } else { $words += '' }
    }
    $out = @(& kubectl-imagepull __complete @words 2>$null)
    if ($out.Count -eq 0) { return }
    $flag = if ($wordToComplete -match '^-[^=]*=') { $Matches[0] } else { '' }
    # An answer of ours without candidates leaves PowerShell to offer files.
    $out | Select-Object -SkipLast 1 | ForEach-Object {
        $text, $about = $_ -split "\`t", 2
        if (-not $about) { $about = $text }
        [System.Management.Automation.CompletionResult]::new("$flag$text", $text, 'ParameterValue', $about)
    }
}
`;

const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};
