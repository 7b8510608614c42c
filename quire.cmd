@echo off
rem Runs Quire from a checkout, and builds it at the first use. To build it again, delete cli\target.
rem JAVA_HOME chooses the JDK; QUIRE_JAVA_OPTS adds options for it, such as -Xmx2g.
setlocal
set "QUIRE_HOME=%~dp0"
set "QUIRE_JAVA=java"
if defined JAVA_HOME set "QUIRE_JAVA=%JAVA_HOME%\bin\java.exe"
"%QUIRE_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo quire: there is no Java. Install a JDK 17 or newer, or set JAVA_HOME to one. 1>&2
  exit /b 2
)
if exist "%QUIRE_HOME%cli\target\quire.built" goto run

set "QUIRE_MVN=mvn"
if exist "%QUIRE_HOME%mvnw.cmd" set "QUIRE_MVN=%QUIRE_HOME%mvnw.cmd"
where "%QUIRE_MVN%" >nul 2>&1
if errorlevel 1 if not exist "%QUIRE_HOME%mvnw.cmd" (
  echo quire: there is no mvn on the PATH, and Quire must be built first. Install Maven 3.8 or newer. 1>&2
  exit /b 2
)
echo Building Quire for the first time: Maven fetches the libraries and compiles. This takes a few minutes, once. 1>&2
pushd "%QUIRE_HOME%"
call "%QUIRE_MVN%" -q -B -ntp -DskipTests -Dquick -pl cli -am package 1>&2
if errorlevel 1 (
  popd
  echo quire: the build failed; Maven's output is above. 1>&2
  exit /b 2
)
popd
echo built> "%QUIRE_HOME%cli\target\quire.built"

:run
"%QUIRE_JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto %QUIRE_JAVA_OPTS% -jar "%QUIRE_HOME%cli\target\quire-cli.jar" %*
exit /b %errorlevel%
